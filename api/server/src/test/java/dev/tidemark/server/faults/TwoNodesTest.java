package dev.tidemark.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.server.ServerProcess;
import dev.tidemark.testkit.PostgresExtension;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoNodesTest {

    private static final int AT_ONCE = 8;

    private ServerProcess first;
    private ServerProcess second;
    private Client sender;
    private Books books;

    @BeforeAll
    void start(PostgresAddress database, @TempDir Path directory) throws Exception {
        first = node(database, directory.resolve("first"));
        second = node(database, directory.resolve("second"));
        sender = Client.of(first, "shop");
        books = Books.open(database, "shop");
    }

    /** It may make a collection in each of many rounds. */
    private static ServerProcess node(PostgresAddress database, Path data) throws IOException {
        Files.createDirectories(data);
        Files.writeString(data.resolve("tidemark.yaml"), "catalog:\n  new-collections: 1000\n");
        return ServerProcess.on(database, data);
    }

    @AfterAll
    void stop() throws Exception {
        books.close();
        second.close();
        first.close();
    }

    @Test
    void aCollectionThatIsNewToBothIsMadeOnce() throws Exception {
        for (int round = 0; round < Figures.ROUNDS; round++) {
            var name = "made_" + round;

            atOnce("{\"collection\": \"%s\", \"properties\": {\"price\": 1}}".formatted(name));

            assertThat(books.value("select count(*) from _collection where name = '%s'".formatted(name)))
                    .isEqualTo("1");
            assertThat(books.value("select count(price) from " + name)).isEqualTo("" + AT_ONCE);
        }
    }

    @Test
    void aPropertyThatIsNewToBothBecomesOneColumn() throws Exception {
        sender.collect("{\"collection\": \"growing\"}");
        for (int round = 0; round < Figures.ROUNDS; round++) {
            var name = "added_" + round;

            atOnce("{\"collection\": \"growing\", \"properties\": {\"%s\": 1}}".formatted(name));

            assertThat(books.value("select count(*) from _property where column_name = '%s'".formatted(name)))
                    .isEqualTo("1");
            assertThat(books.value("select count(%s) from growing".formatted(name)))
                    .isEqualTo("" + AT_ONCE);
        }
    }

    @Test
    void aMessageThatArrivesAtBothIsStoredOnce() throws Exception {
        for (int round = 0; round < Figures.ROUNDS; round++) {
            var answers = atOnce("{\"collection\": \"told\", \"messageId\": \"m%d\"}".formatted(round));

            assertThat(answers)
                    .filteredOn(answer -> answer.body().contains("\"stored\":1"))
                    .hasSize(1);
            assertThat(books.value("select count(*) from told where _message_id = 'm%d'".formatted(round)))
                    .isEqualTo("1");
        }
    }

    @Test
    void aCollectionThatIsDeclaredStrictAtOneIsStrictAtTheOtherAtOnce() throws Exception {
        var master = Client.masterOf(first, "declared");
        for (int round = 0; round < Figures.ROUNDS; round++) {
            var event = "{\"collection\": \"order_%d\", \"properties\": {\"total\": 1}}".formatted(round);
            assertThat(master.at(second).collect(event).body()).contains("\"stored\":1");

            master.ask("""
                    mutation {
                      declareCollection(input: {name: "order_%d", mode: STRICT}) { userErrors { message } }
                    }
                    """.formatted(round));

            assertThat(master.at(second).collect(event).body()).contains("unknown_property");
        }
    }

    @Test
    void aPropertyThatIsDeclaredAtBothAtOnceIsDeclaredOnce() throws Exception {
        var master = Client.masterOf(first, "declaring");
        var barrier = new CyclicBarrier(2);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(List.of(first, second).stream()
                    .map(node -> declaring(master.at(node), barrier))
                    .toList());

            assertThat(answers)
                    .allSatisfy(answer ->
                            assertThat(answer.resultNow()).contains("\"userErrors\":[]", "\"name\":\"total\""));
        }
    }

    private static Callable<String> declaring(Client master, CyclicBarrier barrier) {
        return () -> {
            barrier.await();
            return master.ask("""
                    mutation {
                      declareCollection(input: {name: "order", properties: [{name: "total", type: NUMERIC}]}) {
                        collection { columns { name } }
                        userErrors { message }
                      }
                    }
                    """).toString();
        };
    }

    @Test
    void aKeyThatIsRevokedAtOneIsRefusedAtOnceByTheOther() throws Exception {
        var master = Client.masterOf(first, "keys");
        for (int round = 0; round < Figures.ROUNDS; round++) {
            var made = master.ask("""
                    mutation {
                      createApiKey(input: {name: "passing", scopes: [WRITE]}) { secret apiKey { id } userErrors { message } }
                    }
                    """).path("createApiKey");
            var holder = new Client(second, made.path("secret").asText());
            assertThat(holder.collect("{\"collection\": \"told\"}").statusCode())
                    .isEqualTo(200);

            master.ask("""
                    mutation { revokeApiKey(input: {id: "%s"}) { userErrors { message } } }
                    """.formatted(made.at("/apiKey/id").asText()));

            assertThat(holder.collect("{\"collection\": \"told\"}").statusCode())
                    .isEqualTo(401);
        }
    }

    /** Half of them at each node; all are accepted. */
    private List<HttpResponse<String>> atOnce(String event) throws Exception {
        var barrier = new CyclicBarrier(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, AT_ONCE)
                    .mapToObj(i -> call(i % 2 == 0 ? first : second, event, barrier))
                    .toList();
            var answers =
                    threads.invokeAll(calls).stream().map(Future::resultNow).toList();
            assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
            return answers;
        }
    }

    private Callable<HttpResponse<String>> call(ServerProcess node, String event, CyclicBarrier barrier) {
        return () -> {
            barrier.await();
            return sender.at(node).collect(event);
        };
    }
}

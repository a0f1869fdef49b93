package dev.tidemark.mailbox;

import static dev.tidemark.mailbox.Post.events;
import static dev.tidemark.mailbox.Post.merge;
import static dev.tidemark.testkit.Json.object;
import static dev.tidemark.testkit.Json.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Event;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SendingTest {

    private static final long HOLD = 600_500;
    private static final String HELD_AFTER_500 = """
            create function %%1$s.hold() returns trigger language plpgsql as $$
            begin
                if exists (select from %%1$s._user_mailbox_sending where state = 'RUNNING' and sent + skipped = 500) then
                    perform pg_advisory_xact_lock_shared(%1$d);
                end if;
                return null;
            end $$;
            create trigger hold before update on %%1$s._user_mailbox_sending
            for each statement execute function %%1$s.hold()
            """.formatted(HOLD);

    private PostgresAddress database;

    @AutoClose
    private TestEngine engine;

    @BeforeAll
    void start(PostgresAddress address) {
        database = address;
        engine = TestEngine.start(database);
    }

    @Test
    void everyCustomerWhoPassesGetsOneMessageOfTheirOwn() {
        var shop = engine.project();
        customers(shop, 1_234);
        var input = Map.<String, Object>of(
                "template", "Hello {{Name}}, {{city|wherever you are}}!",
                "where", Map.of("property", Map.of("name", "plan", "eq", "pro")),
                "thread", "news",
                "key", "2026-01");

        var first = begin(shop, input);
        var again = begin(shop, input);
        var sent = awaitEnd(shop, first);

        assertThat(again).isEqualTo(first);
        assertThat(shop.query("{ auditLog(act: \"sendToCustomers\") { nodes { subject } } }"))
                .hasToString("{auditLog={nodes=[{subject=" + first + "}]}}");
        assertThat(sent)
                .containsEntry("state", "DONE")
                .containsEntry("total", 617L)
                .containsEntry("sent", 617L)
                .containsEntry("skipped", 0L)
                .containsEntry("example", "Hello n0, Bern!");
        assertThat(events(shop, "message_sent")).isEqualTo(617);
        assertThat(shop.query("{ mailbox(customer: \"c1000\") { threads { nodes { name last { text from } } } } }"))
                .hasToString("{mailbox={threads={nodes=[{name=news, last={text=Hello n1000, wherever you are!,"
                        + " from=PROJECT}}]}}}");
        assertThat(shop.query("{ mailbox(customer: \"c1001\") { lastSentAt } }"))
                .hasToString("{mailbox={lastSentAt=null}}");
        assertThat(errors(shop, with(input, "template", "other"))).contains("CONFLICT", "[key]");
    }

    @Test
    void aDryRunCountsAndSendsNothingAndWhoLacksAPropertyIsSkipped() {
        var shop = engine.project();
        customers(shop, 20);

        var counted = awaitEnd(shop, begin(shop, Map.of("template", "In {{city}}", "dryRun", true)));
        var sent = awaitEnd(shop, begin(shop, Map.of("template", "In {{city}}")));

        for (var sending : List.of(counted, sent)) {
            assertThat(sending)
                    .containsEntry("total", 20L)
                    .containsEntry("sent", 7L)
                    .containsEntry("skipped", 13L)
                    .containsEntry("example", "In Bern")
                    .containsEntry(
                            "problem", "Customer c1: has no property \"city\", and the template gives no default");
        }
        assertThat(counted).containsEntry("dryRun", true);
        assertThat(events(shop, "message_sent")).isEqualTo(7);

        shop.query("mutation { eraseUser(input: {user: \"c1\"}) { userErrors { message } } }");

        await().untilAsserted(() -> assertThat(shop.query("{ sendings { nodes { example problem } } }"))
                .hasToString("{sendings={nodes=[{example=In Bern, problem=null}, {example=In Bern, problem=null}]}}"));
    }

    @Test
    void aSendingGoesToThoseWhoDidSomethingOftenEnough() {
        var shop = engine.project();
        customers(shop, 10);
        var now = Instant.now();
        for (var done : List.of("c1", "c1", "c2", "c2", "c3")) {
            shop.collect(Event.of("visit").by(done).at(now).with("page", done.equals("c2") ? "/odd" : "/"));
        }
        shop.collect(
                Event.of("visit").by("c4").at(now.minus(Duration.ofDays(9))).with("page", "/"),
                Event.of("visit").by("c4").at(now.minus(Duration.ofDays(9))).with("page", "/"));
        var where = Map.of("property", Map.of("name", "page", "eq", "/"));
        var did = Map.<String, Object>of("collection", "visit", "count", 2, "within", "P7D", "where", where);

        var sent = awaitEnd(shop, begin(shop, Map.of("template", "Hello {{name}}", "did", List.of(did))));

        assertThat(sent).containsEntry("total", 1L).containsEntry("sent", 1L).containsEntry("example", "Hello n1");
        assertThat(shop.query("{ sendings { nodes { did } } }").toString()).contains("within=PT168H", "count=2");
        assertThat(errors(shop, Map.of("template", "x", "did", List.of(with(did, "collection", "vist")))))
                .contains("BAD_USER_INPUT", "[did, 0");
    }

    /** The second step is held up; by then some have had their turn, and turn out to be people who have not. */
    @Test
    void whoeverTurnsOutToBeAnotherAmidASendingGetsOneMessageOrIsSkippedOnce() throws SQLException {
        var shop = engine.project();
        customers(shop, 600);
        var ids = IntStream.range(0, 600).mapToObj(i -> "c" + i).sorted().toList();
        var nameless = List.of(ids.get(30), ids.get(40), ids.get(50), ids.get(60), ids.get(70), ids.get(590));
        change(shop, nameless.stream().map(id -> Map.of("id", id, "unset", List.of("name"))));
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement()) {
            requireTriggers(statement);
            statement.execute(HELD_AFTER_500.formatted(shop.project().slug()));
            statement.execute("select pg_advisory_lock(%d)".formatted(HOLD));
            var sending = begin(shop, Map.of("template", "Hello {{name}}"));
            await().untilAsserted(() -> assertThat(shop.query("{ sendings { nodes { sent } } }"))
                    .hasToString("{sendings={nodes=[{sent=495}]}}"));

            merge(shop, ids.get(10), ids.get(550));
            merge(shop, ids.get(560), "a");
            merge(shop, ids.get(570), ids.get(20));
            merge(shop, ids.get(30), ids.get(40));
            merge(shop, ids.get(50), ids.get(51));
            merge(shop, ids.get(60), ids.get(580));
            merge(shop, ids.get(590), ids.get(70));
            statement.execute("select pg_advisory_unlock(%d)".formatted(HOLD));
            var ended = awaitEnd(shop, sending);

            assertThat(ended)
                    .containsEntry("state", "DONE")
                    .containsEntry("sent", 592L)
                    .containsEntry("skipped", 2L);
            assertThat(events(shop, "message_sent")).isEqualTo(592);
            for (var person : List.of(ids.get(550), "a", ids.get(20), ids.get(51), ids.get(580), ids.get(599))) {
                assertThat(shop.query(
                                "query ($id: String!) { mailbox(customer: $id) { messages { nodes { from } } } }",
                                Map.of("id", person)))
                        .as(person)
                        .hasToString("{mailbox={messages={nodes=[{from=PROJECT}]}}}");
            }
            for (var table : List.of("late", "skipped")) {
                try (var noted = statement.executeQuery("select count(*) from %s._user_mailbox_sending_%s"
                        .formatted(shop.project().slug(), table))) {
                    noted.next();
                    assertThat(noted.getInt(1)).isZero();
                }
            }
        }
    }

    @Test
    void whoIsErasedAmidASendingGetsNoMessageOfItAndHasNoEventOfIt() throws SQLException {
        var shop = engine.project();
        customers(shop, 3);
        Post.send(shop, Map.of("customer", "c2", "text", "first"));
        try (var connection = shop.connect(database);
                var statement = connection.createStatement()) {
            requireTriggers(statement);
            statement.execute("""
                    create function hold() returns trigger language plpgsql as $$
                    begin
                        perform pg_advisory_xact_lock_shared(%1$d);
                        return new;
                    end $$;
                    create trigger hold before update on _user_mailbox_sending
                    for each row when (new.sent > old.sent) execute function %2$s.hold();
                    select pg_advisory_lock(%1$d)
                    """.formatted(HOLD + 1, shop.project().slug()));
            var sending = begin(shop, Map.of("template", "Hello {{name}}"));
            await().until(() -> waiting(statement) == 1);

            shop.query("mutation { eraseUser(input: {user: \"c1\"}) { userErrors { message } } }");
            await().until(() -> isFinished(shop) || waiting(statement) > 1);
            statement.execute("select pg_advisory_unlock_all()");
            awaitEnd(shop, sending);
        }
        await().untilAsserted(() ->
                assertThat(shop.query("{ erasures { finishedAt } }").toString()).doesNotContain("null"));

        assertThat(shop.query("{ events(collection: \"message_sent\") { nodes { user } } }")
                        .toString())
                .doesNotContain("c1");
        assertThat(shop.query("{ mailbox(customer: \"c1\") { messages { nodes { text } } } }"))
                .hasToString("{mailbox={messages={nodes=[]}}}");
    }

    private static void requireTriggers(Statement statement) throws SQLException {
        try (var citus = statement.executeQuery("select from pg_extension where extname = 'citus'")) {
            assumeFalse(citus.next(), "Citus has no triggers, by which the step is held up");
        }
    }

    private static boolean isFinished(TestProject shop) {
        return !shop.query("{ erasures { finishedAt } }").toString().contains("null");
    }

    private static int waiting(Statement statement) throws SQLException {
        try (var waiting = statement.executeQuery("select count(*) from pg_locks where not granted")) {
            waiting.next();
            return waiting.getInt(1);
        }
    }

    @Test
    void whatDoesNotFitTheCustomersIsRefusedAtOnce() {
        var shop = engine.project();
        customers(shop, 3);

        assertThat(errors(shop, Map.of("template", "{{naem}}"))).contains("BAD_USER_INPUT", "template", "name");
        assertThat(errors(shop, Map.of("template", "{{name"))).contains("BAD_USER_INPUT", "[template]");
        assertThat(errors(shop, Map.of("template", "x", "where", Map.of("property", Map.of("name", "paln", "eq", 1)))))
                .contains("BAD_USER_INPUT", "plan");
        assertThat(shop.query("{ sendings { nodes { id } } }")).hasToString("{sendings={nodes=[]}}");
    }

    @Test
    void aSendingThatIsStoppedStaysStopped() {
        var shop = engine.project();
        customers(shop, 10);
        var sending = begin(shop, Map.of("template", "x"));

        var stopped = shop.query(
                "mutation ($id: ID!) { stopSending(input: {id: $id}) { sending { id } userErrors { code } } }",
                Map.of("id", sending));
        var ended = awaitEnd(shop, sending);

        assertThat(object(stopped, "stopSending")).containsEntry("userErrors", List.of());
        assertThat(ended.get("state")).isIn("STOPPED", "DONE");
        assertThat(shop.query("{ sendings { nodes { state } } }"))
                .hasToString("{sendings={nodes=[{state=" + ended.get("state") + "}]}}");
    }

    /** Half of them are on plan pro, and every third lives in Bern. */
    private static void customers(TestProject project, int count) {
        change(
                project,
                IntStream.range(0, count)
                        .mapToObj(i -> Map.of(
                                "id",
                                "c" + i,
                                "set",
                                i % 3 == 0
                                        ? Map.of("name", "n" + i, "plan", plan(i), "city", "Bern")
                                        : Map.of("name", "n" + i, "plan", plan(i)))));
    }

    private static void change(TestProject project, Stream<Map<String, Object>> changes) {
        project.query(
                "mutation ($all: [CustomerChangeInput!]!) { updateCustomers(input: {customers: $all}) { updated } }",
                Map.of("all", changes.toList()));
    }

    private static String plan(int customer) {
        return customer % 2 == 0 ? "pro" : "free";
    }

    private static String begin(TestProject project, Map<String, Object> input) {
        return text(asked(project, input), "sendToCustomers", "sending", "id");
    }

    private static String errors(TestProject project, Map<String, Object> input) {
        return object(asked(project, input), "sendToCustomers").toString();
    }

    private static Map<String, @Nullable Object> asked(TestProject project, Map<String, Object> input) {
        return project.query("""
                mutation ($input: SendToCustomersInput!) {
                  sendToCustomers(input: $input) { sending { id } userErrors { message code path } }
                }
                """, Map.of("input", input));
    }

    private static Map<String, Object> with(Map<String, Object> input, String name, Object value) {
        var changed = new HashMap<>(input);
        changed.put(name, value);
        return changed;
    }

    private static Map<String, @Nullable Object> awaitEnd(TestProject project, String sending) {
        return await().until(
                        () -> object(project.query("""
                                        query ($id: ID!) {
                                          node(id: $id) {
                                            ... on Sending { dryRun state total sent skipped example problem }
                                          }
                                        }
                                        """, Map.of("id", sending)), "node"),
                        found -> !"RUNNING".equals(found.get("state")));
    }
}

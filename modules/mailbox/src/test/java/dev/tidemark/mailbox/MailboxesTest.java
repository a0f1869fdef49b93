package dev.tidemark.mailbox;

import static dev.tidemark.mailbox.Post.ALL;
import static dev.tidemark.mailbox.Post.customer;
import static dev.tidemark.mailbox.Post.events;
import static dev.tidemark.mailbox.Post.follow;
import static dev.tidemark.mailbox.Post.line;
import static dev.tidemark.mailbox.Post.mark;
import static dev.tidemark.mailbox.Post.merge;
import static dev.tidemark.mailbox.Post.next;
import static dev.tidemark.mailbox.Post.send;
import static dev.tidemark.testkit.Json.object;
import static dev.tidemark.testkit.Json.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.Postgres;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.GlobalId;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mailboxes of people who turn out to be one, and those of which the texts are not kept. */
@Timeout(120)
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailboxesTest {

    private TestEngine engine;
    private Postgres postgres;

    @BeforeAll
    void start(PostgresAddress database) {
        engine = TestEngine.start(database);
        postgres = Postgres.connect(database, "mailboxes", 1);
    }

    @AfterAll
    void stop() {
        postgres.close();
        engine.close();
    }

    @Test
    void mergedPeopleHaveOneMailboxAndGetTheirOwnBack() throws Exception {
        var shop = engine.project();
        var ada = customer(shop, "ada");
        var eve = customer(shop, "eve");
        send(shop, Map.of("customer", "eve", "text", "e1"));
        send(shop, Map.of("customer", "ada", "text", "a1"));

        try (var changes = follow(shop, "ada", null)) {
            var fact = merge(shop, "eve", "ada");

            var last = send(shop, Map.of("customer", "eve", "text", "e2"));
            send(eve, Map.of("text", "e3"));
            assertThat(List.of(line(next(changes)), line(next(changes)))).containsExactly("SENT e2", "SENT e3");
            for (var reader : List.of(ada, eve)) {
                assertThat(texts(reader)).isEqualTo("e3, e2, a1, e1");
                assertThat(reader.query("{ mailbox { unread threads { nodes { unread last { text } } } } }"))
                        .hasToString("{mailbox={unread=3, threads={nodes=[{unread=3, last={text=e3}}]}}}");
            }
            assertThat(shop.query("{ mailboxes { nodes { customer unread } } }"))
                    .hasToString("{mailboxes={nodes=[{customer=ada, unread=1}]}}");
            assertThat(mark(eve, "markRead", Map.of("upTo", last))).isEqualTo(3);
            assertThat(ada.query("{ mailbox { unread } }")).hasToString("{mailbox={unread=0}}");
            whoFollowsByOneIdIsThereByTheOther(shop, eve);

            unmerge(shop, fact);
        }

        assertThat(texts(ada)).isEqualTo("a1");
        assertThat(texts(eve)).isEqualTo("e3, e2, e1");
        assertThat(shop.query("{ mailboxes { nodes { customer unread } } }"))
                .hasToString("{mailboxes={nodes=[{customer=eve, unread=1}, {customer=ada, unread=0}]}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "2026-01-05T12:00:00Z a\0da",
                "+1000000000-12-31T23:59:59.999999999Z ada",
                "-1000000000-01-01T00:00:00Z ada"
            })
    void whatIsNoPlaceAmongMailboxesIsRefused(String place) {
        var shop = engine.project();
        send(shop, Map.of("customer", "ada", "text", "a1"));
        var cursor = new GlobalId("MailboxPlace", shop.project().id(), place).text();

        var refused = shop.answer(
                "query ($after: String!) { mailboxes(after: $after) { nodes { customer } } }", Map.of("after", cursor));

        assertThat(refused.toString()).contains("BAD_USER_INPUT", "This is no cursor of mailboxes");
    }

    /** As on a node that has not heard yet of the first that was said of who is who in the project. */
    @Test
    void aMessageGoesIntoTheMailboxOfWhomTheDatabaseKnowsToHaveTheId() {
        var shop = engine.project();
        var ada = customer(shop, "ada");
        run("insert into " + shop.project().slug() + "._identity values ('eve', 'ada')");

        send(shop, Map.of("customer", "eve", "text", "e1"));

        assertThat(shop.query("{ mailboxes { nodes { customer unread } } }"))
                .hasToString("{mailboxes={nodes=[{customer=ada, unread=0}]}}");
        assertThat(texts(ada)).isEqualTo("e1");
    }

    @Test
    void whoFollowsOneWhileOthersWriteToBothAndTheyBecomeOneMissesAndRepeatsNothing() throws Exception {
        var shop = engine.project();
        send(shop, Map.of("customer", "ada", "text", "first"));
        var ada = customer(shop, "ada");
        var told = new ArrayList<String>();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var changes = follow(ada, null, null)) {
            var writers = List.of("ada", "ada", "eve", "eve").stream()
                    .map(name -> threads.submit(() -> {
                        for (int i = 0; i < 15; i++) {
                            send(shop, Map.of("customer", name, "text", name));
                        }
                        return name;
                    }))
                    .toList();
            var merged = threads.submit(() -> merge(shop, "eve", "ada"));
            for (var writer : writers) {
                writer.get();
            }
            merged.get();
            send(shop, Map.of("customer", "eve", "text", "last"));
            while (!told.contains("SENT last")) {
                told.add(line(next(changes)));
            }
        }

        assertThat(told).filteredOn("SENT ada"::equals).hasSize(30);
        assertThat(told).filteredOn("SENT eve"::equals).hasSizeLessThanOrEqualTo(30);
        assertThat(texts(ada).split(", ")).hasSize(62);
    }

    private static void whoFollowsByOneIdIsThereByTheOther(TestProject shop, TestProject eve)
            throws InterruptedException {
        try (var _ = follow(eve, null, null);
                var watched = shop.subscribe(
                        "subscription { mailbox(customer: \"ada\", presence: true) { presence { side isHere } } }",
                        Map.of())) {
            while (!next(watched).toString().contains("{side=CUSTOMER, isHere=true}")) {
                // what is told before they have come
            }
        }
    }

    private static void unmerge(TestProject project, String fact) {
        project.query(
                "mutation ($fact: ID!) { unmergeCustomers(input: {fact: $fact}) { fact { id } } }",
                Map.of("fact", fact));
    }

    /** What the messages of a mailbox say, the last first. */
    private static String texts(TestProject reader) {
        var answer = reader.query("{ mailbox { messages(first: 100) { nodes { text } } } }");
        return object(answer, "mailbox", "messages").get("nodes").toString().replaceAll("[\\[\\]{}]|text=", "");
    }

    @Test
    void aTextThatIsNotKeptIsToldLiveAndIsGoneAfterAMinute() throws InterruptedException {
        var shop = engine.project();
        var ada = customer(shop, "ada");
        send(shop, Map.of("customer", "ada", "text", "kept"));
        var cursor = text(ada.query("{ mailbox { cursor } }"), "mailbox", "cursor");

        keepTexts(shop, false);
        var letter = Map.<String, Object>of("customer", "ada", "text", "passing", "key", "k");
        var passing = send(shop, letter);
        try (var changes = follow(ada, null, cursor)) {
            assertThat(line(next(changes))).isEqualTo("SENT passing");
        }
        assertThat(stored(shop)).isEqualTo("kept");
        run("update " + passing(shop) + " set ends_at = now()");

        try (var changes = follow(ada, null, cursor)) {
            assertThat(line(next(changes))).isEqualTo("SENT null");
        }
        assertThat(send(shop, letter)).isEqualTo(passing);
        assertThat(mark(ada, "markRead", Map.of("upTo", passing))).isEqualTo(2);
        assertThat(events(shop, "message_sent")).isEqualTo(2);
        assertThat(object(shop.query(ALL), "mailbox", "messages").get("nodes").toString())
                .isEqualTo("[{text=null, thread=main, from=PROJECT, state=READ},"
                        + " {text=kept, thread=main, from=PROJECT, state=READ}]");
        await().atMost(Duration.ofMinutes(1)).until(() -> count(passing(shop)) == 0);

        send(shop, Map.of("customer", "ada", "text", "in flight"));
        keepTexts(shop, true);
        assertThat(count(passing(shop))).isZero();
        send(shop, Map.of("customer", "ada", "text", "kept again"));
        assertThat(stored(shop)).isEqualTo("kept, kept again");
        assertThat(
                        shop.query(
                                "{ mailboxSettings { keepsTexts } auditLog(act: \"setMailboxSettings\") { nodes { subject } } }"))
                .hasToString("{mailboxSettings={keepsTexts=true},"
                        + " auditLog={nodes=[{subject=keeps texts}, {subject=keeps no texts}]}}");
    }

    private static void keepTexts(TestProject project, boolean keeps) {
        assertThat(project.query(
                        "mutation ($keeps: Boolean!) { setMailboxSettings(input: {keepsTexts: $keeps}) { keepsTexts userErrors { code } } }",
                        Map.of("keeps", keeps)))
                .isEqualTo(Map.of("setMailboxSettings", Map.of("keepsTexts", keeps, "userErrors", List.of())));
    }

    private static String passing(TestProject project) {
        return project.project().slug() + "._user_mailbox_passing";
    }

    /** All texts that are kept. */
    private String stored(TestProject project) {
        return asked("select string_agg(text, ', ' order by id) from "
                + project.project().slug() + "._user_mailbox");
    }

    private long count(String table) {
        return Long.parseLong(asked("select count(*) from " + table));
    }

    private String asked(String sql) {
        return postgres.server().transaction(connection -> {
            try (var statement = connection.prepareStatement(sql);
                    var rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        });
    }

    private void run(String sql) {
        postgres.server().transaction(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                return statement.executeUpdate();
            }
        });
    }
}

package dev.tidemark.mailbox;

import static dev.tidemark.mailbox.Post.next;
import static dev.tidemark.mailbox.Post.send;
import static dev.tidemark.testkit.Json.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.Postgres;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.Feed;
import dev.tidemark.testkit.Json;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.SetClock;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(120)
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PresenceTest {

    private static final String WATCH = """
            subscription ($customer: String, $after: String) {
              mailbox(customer: $customer, after: $after, presence: true) {
                cursor kind message { text } presence { side isHere typingIn }
              }
            }
            """;

    private TestEngine engine;
    private TestEngine other;

    @BeforeAll
    void start(PostgresAddress database) {
        engine = TestEngine.start(database);
        other = TestEngine.start(database);
    }

    @AfterAll
    void stop() {
        other.close();
        engine.close();
    }

    @Test
    void whoIsThereAndWhoTypesIsToldOnEveryNode() throws InterruptedException {
        var shop = engine.project();
        var theirs = engine.project();
        var ada = new TestProject(other.engine(), shop.project(), customer(shop));

        try (var watched = watch(shop, "ada", null);
                var elsewhere = watch(theirs, "ada", null)) {
            awaitPresence(watched, "project here, customer away");
            try (var _ = watch(ada, null, null)) {
                awaitPresence(watched, "project here, customer here");
                type(ada, true);
                awaitPresence(watched, "project here, customer here in order 7");
                type(ada, false);
                awaitPresence(watched, "project here, customer here");
                type(ada, true);
                awaitPresence(watched, "project here, customer here in order 7");
                awaitPresence(watched, "project here, customer here");
            }
            awaitPresence(watched, "project here, customer away");
            awaitPresence(elsewhere, "project here, customer away");
        }
    }

    /** Of a node that was killed the rows stay, and nobody renews them. */
    @Test
    void whoFollowsOnAKilledNodeIsThereNoMoreWhenThatIsOver(PostgresAddress database) throws InterruptedException {
        var shop = engine.project();

        try (var postgres = Postgres.connect(database, "killed", 1);
                var watched = watch(shop, "ada", null)) {
            awaitPresence(watched, "project here, customer away");
            run(postgres, """
                    insert into %s._user_mailbox_presence (customer, side, room, ends_at)
                    values ('ada', 'CUSTOMER', -1, statement_timestamp() + interval '1 hour')
                    """.formatted(shop.project().slug()));
            awaitPresence(watched, "project here, customer here");
            run(postgres, """
                    update %s._user_mailbox_presence
                    set ends_at = statement_timestamp()
                    where room = -1
                    """.formatted(shop.project().slug()));
            awaitPresence(watched, "project here, customer away");
        }
    }

    /** Another node would take them for gone half a minute later. */
    @Test
    void whoFollowsOnANodeWhoseClockWasSetBackIsStillSaidToBeThere(PostgresAddress database)
            throws InterruptedException {
        var shop = engine.project();
        var clock = new SetClock(Duration.ofHours(1));

        try (var postgres = Postgres.connect(database, "clocks", 1);
                var set = TestEngine.start(database, clock.utc());
                var watched = watch(new TestProject(set.engine(), shop.project(), shop.caller()), "ada", null)) {
            awaitPresence(watched, "project here, customer away");
            var end = end(postgres, shop);
            clock.setRight();

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(end(postgres, shop)).isAfter(end));
        }
    }

    @Test
    void presenceTakesNoPlaceAmongMessages() throws InterruptedException {
        var shop = engine.project();
        send(shop, Map.of("customer", "ada", "text", "one"));
        var cursor = text(shop.query("{ mailbox(customer: \"ada\") { cursor } }"), "mailbox", "cursor");
        var told = new ArrayList<Object>();

        try (var watched = watch(shop, "ada", cursor)) {
            cursor = awaitPresence(watched, "project here, customer away");
        }
        send(shop, Map.of("customer", "ada", "text", "two"));
        try (var watched = watch(shop, "ada", cursor)) {
            while (told.size() < 2) {
                var change = next(watched);
                told.add(change.get("message") == null ? change.get("kind") : change.get("message"));
            }
        }

        assertThat(told).hasSize(2).extracting(Object::toString).containsOnlyOnce("{text=two}");
    }

    @Test
    void aTokenThatSaysTooOftenThatItTypesHasToWait() {
        var shop = engine.project();
        var ada = new TestProject(engine.engine(), shop.project(), customer(shop));
        var answers = new ArrayList<String>();

        while (answers.stream().noneMatch(answer -> answer.contains("RATE_LIMITED")) && answers.size() < 10_000) {
            answers.add(ada.answer("mutation { setTyping(input: {}) { userErrors { code } } }", Map.of())
                    .toString());
        }

        assertThat(answers.getLast()).contains("RATE_LIMITED");
        assertThat(answers.getFirst()).contains("userErrors=[]");
        assertThat(ada.answer(
                                "mutation { setTyping(input: {customer: \"bob\"}) { endsAt userErrors { code } } }",
                                Map.of())
                        .toString())
                .contains("FORBIDDEN");
    }

    private static void run(Postgres postgres, String sql) {
        postgres.server().transaction(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                return statement.executeUpdate();
            }
        });
    }

    /** Until when somebody is there who does not say so again. */
    private static Timestamp end(Postgres postgres, TestProject shop) {
        return postgres.server().transaction(connection -> {
            try (var statement = connection.prepareStatement("select max(ends_at) from %s._user_mailbox_presence"
                            .formatted(shop.project().slug()));
                    var rows = statement.executeQuery()) {
                rows.next();
                return rows.getTimestamp(1);
            }
        });
    }

    private Caller customer(TestProject shop) {
        return other.engine().callers().withKey(Post.token(shop, "ada"), Optional.empty());
    }

    private static void type(TestProject customer, boolean isTyping) {
        var answer = customer.query(
                "mutation ($is: Boolean!) { setTyping(input: {thread: \"order 7\", isTyping: $is}) { endsAt userErrors { code } } }",
                Map.of("is", isTyping));
        assertThat(Json.object(answer, "setTyping").get("endsAt") != null).isEqualTo(isTyping);
    }

    private static Feed<Map<String, @Nullable Object>> watch(
            TestProject reader, @Nullable String customer, @Nullable String after) {
        Map<String, @Nullable Object> variables = new HashMap<>();
        variables.put("customer", customer);
        variables.put("after", after);
        return reader.subscribe(WATCH, variables);
    }

    /** The cursor of what tells it. */
    private static String awaitPresence(Feed<Map<String, @Nullable Object>> watched, String expected)
            throws InterruptedException {
        while (true) {
            var change = next(watched);
            if (line(String.valueOf(change.get("presence"))).equals(expected)) {
                return String.valueOf(change.get("cursor"));
            }
        }
    }

    /** What GraphQL says of both sides, in a line. */
    private static String line(String presence) {
        return presence.replaceAll("\\{side=(\\w+), isHere=(\\w+), typingIn=([^}]+)}", "$1 $2 in $3")
                .replace(" in null", "")
                .replace("true", "here")
                .replace("false", "away")
                .replaceAll("[\\[\\]]", "")
                .toLowerCase(Locale.ROOT);
    }
}

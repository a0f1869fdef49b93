package dev.tidemark.eventstream;

import static dev.tidemark.eventstream.Following.next;
import static dev.tidemark.eventstream.Following.subscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.schema.faults.StreamFailed;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Feed;
import dev.tidemark.testkit.Markdown;
import dev.tidemark.testkit.ModuleConformance;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class EventstreamModuleTest extends ModuleConformance {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    @Override
    protected String module() {
        return "eventstream";
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("eventstream.conditions", "4");
    }

    @Test
    void anEventIsToldWithAllThatItHas() throws InterruptedException {
        var shop = engine().project();
        try (var events = subscribe(shop, List.of(), null)) {
            shop.collect(Event.of("page view")
                    .at(NOON)
                    .by("ada")
                    .byVisitor("device")
                    .withMessageId("m1")
                    .with("page", "/")
                    .with("size", 5L));

            var event = next(events);

            assertThat(event)
                    .containsEntry("collection", "page view")
                    .containsEntry("time", "2026-01-05T12:00:00Z")
                    .containsEntry("user", "ada")
                    .containsEntry("anonymous", "device")
                    .containsEntry("messageId", "m1")
                    .containsEntry("properties", Map.of("page", "/", "size", 5L));
            assertThat(shop.query(
                            "query ($id: ID!) { node(id: $id) { ... on Event { messageId } } }", event("id", event)))
                    .isEqualTo(Map.of("node", Map.of("messageId", "m1")));
        }
    }

    @Test
    void theReadmeTellsWhatIsTold() throws InterruptedException, JsonProcessingException {
        var readme = Path.of("README.md");
        var shop = engine().project();
        shop.collect(purchase(1));
        for (int block = 0; block < 2; block++) {
            var query = Markdown.blocks(readme, "graphql").get(block).code();
            try (var events = shop.subscribe(query, Map.of())) {
                shop.collect(purchase(99).by("ada"), purchase(250).by("ada"));

                var event = JSON.writeValueAsString(events.next().orElseThrow().get("data"));

                var told =
                        JSON.readTree(Markdown.blocks(readme, "js").get(block).code());
                var cursor = told.findValue("cursor").asText();
                assertThat(event.replaceFirst("\"cursor\":\"[^\"]+\"", "\"cursor\":\"" + cursor + "\""))
                        .isEqualTo(told.toString());
            }
        }
    }

    @Test
    void onlyWhatPassesOneOfTheSelectionsIsToldAndThatOnce() throws InterruptedException {
        var shop = engine().project();
        shop.collect(purchase(1), Event.of("visit"));
        var large = selection("purchase", Map.of("name", "amount", "gte", 100));
        var even = selection("purchase", Map.of("name", "amount", "in", List.of(2, 102)));
        try (var events = subscribe(shop, List.of(large, even, Map.of("name", "visit")), null)) {
            shop.collect(purchase(2), purchase(3), Event.of("other"), purchase(102), Event.of("visit"), purchase(100));

            assertThat(List.of(next(events), next(events), next(events), next(events)))
                    .extracting(event -> event.get("collection") + " " + event.get("properties"))
                    .containsExactlyInAnyOrder(
                            "purchase {amount=2}", "purchase {amount=102}", "visit {}", "purchase {amount=100}");
        }
    }

    @Test
    void eventsAreToldInTheTypesOfTheirCollections() throws InterruptedException {
        var shop = engine().project();
        shop.collect(purchase(1), Event.of("page view").with("page", "/"));
        try (var typed = shop.subscribe("""
                        subscription {
                          data {
                            dear: purchase(where: {amount: {gte: 100}}) { cursor node { id amount user person time } }
                            even: purchase(where: {amount: {in: [2, 102]}}) { node { amount } }
                            pageView { node { page extra amount: user } }
                          }
                        }
                        """, Map.of());
                var all = subscribe(shop, List.of(), null)) {
            shop.collect(purchase(2), purchase(3), purchase(102).by("ada"));
            shop.collect(Event.of("page view").with("page", "/new"));

            assertThat(next(typed, "data")).hasToString("{dear=null, even={node={amount=2}}, pageView=null}");
            var third = Stream.of(next(all), next(all), next(all)).toList().getLast();
            assertThat(next(typed, "data"))
                    .hasToString("{dear={cursor=" + third.get("cursor") + ", node={id=" + third.get("id")
                            + ", amount=102, user=ada, person=ada, time=2026-01-05T12:00:00Z}}, even={node={amount=102}},"
                            + " pageView=null}");
            assertThat(next(typed, "data"))
                    .hasToString("{dear=null, even=null, pageView={node={page=/new, extra=null, amount=null}}}");

            try (var resumed = shop.subscribe(
                    "subscription ($after: String) { data(after: $after) { pageView { node { page } } } }",
                    event("after", Map.of("after", String.valueOf(third.get("cursor")))))) {
                assertThat(next(resumed, "data")).hasToString("{pageView={node={page=/new}}}");
            }
        }
        assertThatThrownBy(() -> shop.subscribe("subscription { data { __typename } }", Map.of()))
                .hasMessageContaining("Select at least one of the collections.");
    }

    @Test
    void aCollectionThatIsNewIsToldToThoseWhoWantAll() throws InterruptedException {
        var shop = engine().project();
        try (var events = subscribe(shop, List.of(), null)) {
            shop.collect(Event.of("first"));
            assertThat(next(events)).containsEntry("collection", "first");

            shop.collect(Event.of("second").with("late", true));

            assertThat(next(events)).containsEntry("properties", Map.of("late", true));
        }
    }

    @Test
    void itGoesOnAfterACursorWithNothingMissingAndNothingTwice() throws InterruptedException {
        var shop = engine().project();
        var told = new ArrayList<Long>();
        var cursor = start(shop);
        for (int round = 0; round < 6; round++) {
            var from = round * 100L;
            var sending = Thread.startVirtualThread(() -> numbers(shop, from, 100));
            try (var events = subscribe(shop, List.of(Map.of("name", "number")), cursor)) {
                while (told.size() < from + 50) {
                    cursor = take(events, told);
                }
            }
            sending.join();
        }

        try (var events = subscribe(shop, List.of(), cursor)) {
            while (told.size() < 600) {
                take(events, told);
            }
        }

        assertThat(told)
                .containsExactlyElementsOf(LongStream.range(0, 600).boxed().toList());
    }

    @Test
    void anotherNodeGoesOnAfterTheCursorOfTheFirst(PostgresAddress database) throws InterruptedException {
        var shop = engine().project();
        var told = new ArrayList<Long>();
        var cursor = start(shop);
        try (var second = TestEngine.start(database)) {
            var nodes = List.of(shop, new TestProject(second.engine(), shop.project(), shop.caller()));
            for (int round = 0; round < 4; round++) {
                var there = nodes.get((round + 1) % 2);
                var from = round * 50L;
                var sending = Thread.startVirtualThread(() -> numbers(there, from, 50));
                try (var events = subscribe(nodes.get(round % 2), List.of(), cursor)) {
                    while (told.size() < from + 25) {
                        cursor = take(events, told);
                    }
                }
                sending.join();
            }
            try (var events = subscribe(nodes.getLast(), List.of(), cursor)) {
                while (told.size() < 200) {
                    take(events, told);
                }
            }
        }

        assertThat(told)
                .containsExactlyElementsOf(LongStream.range(0, 200).boxed().toList());
    }

    @Test
    void whoeverIsSlowFallsBehindAndMissesNothing() throws InterruptedException {
        var shop = engine().project();
        var cursor = start(shop);
        var told = new ArrayList<Long>();
        try (var slow = subscribe(shop, List.of(), cursor);
                var quick = subscribe(shop, List.of(), cursor)) {
            numbers(shop, 0, 1);
            take(slow, told);
            for (int i = 0; i < 10; i++) {
                numbers(shop, 1 + i * 1_000, 1_000);
            }
            var last = new ArrayList<Long>();
            while (last.size() < 10_001) {
                take(quick, last);
            }

            while (told.size() < 10_001) {
                take(slow, told);
            }

            assertThat(told).isEqualTo(last);
            assertThat(told).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void thePastIsToldAgainAtItsPaceAndEnds() throws InterruptedException {
        var shop = engine().project();
        numbers(shop, 0, 2);
        var from = String.valueOf(stored(shop, 1).get("receivedAt"));
        numbers(shop, 2, 1);
        var to = String.valueOf(stored(shop, 2).get("receivedAt"));
        var query = "subscription ($speed: Float!) { replay(from: \"" + from + "\", to: \"2999-01-01T00:00:00Z\","
                + " speed: $speed, collections: [{name: \"number\"}]) { receivedAt properties } }";

        var began = System.nanoTime();
        List<Object> told = new ArrayList<>();
        try (var events = shop.subscribe(query, Map.of("speed", 0.5))) {
            for (var event = events.next(); event.isPresent(); event = events.next()) {
                told.add(((Map<?, ?>) event.get().get("data")).get("replay"));
            }
        }

        assertThat(told)
                .extracting(event -> ((Map<?, ?>) event).get("properties").toString())
                .containsExactly("{n=0}", "{n=1}", "{n=2}");
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isGreaterThanOrEqualTo(
                        Duration.between(Instant.parse(from), Instant.parse(to)).multipliedBy(2));
        assertThatThrownBy(() -> shop.subscribe(query, Map.of("speed", 0.0))).hasMessageContaining("BAD_USER_INPUT");
    }

    private static Map<?, ?> stored(TestProject project, int first) {
        var page = project.query("{ events(collection: \"number\", first: " + first + ") { nodes { receivedAt } } }");
        return (Map<?, ?>) ((List<?>) ((Map<?, ?>) page.get("events")).get("nodes")).getFirst();
    }

    @Test
    void aCursorWhoseEventsWereDeletedIsRefusedWithOneFromWhichToGoOn(PostgresAddress database)
            throws InterruptedException, SQLException {
        var shop = engine().project();
        var cursor = start(shop);
        numbers(shop, 1, 2);
        execute(
                database,
                "insert into " + shop.project().slug() + "._expired select collection, position, last_id" + " from "
                        + shop.project().slug() + "._commit order by position desc limit 1");
        numbers(shop, 3, 1);

        var refusal = new AtomicReference<String>();
        try (var events = subscribe(shop, List.of(), cursor)) {
            assertThatThrownBy(events::next)
                    .isInstanceOfSatisfying(
                            StreamFailed.class,
                            failed -> refusal.set(failed.errors().toString()));
        }

        assertThat(refusal.get()).contains("STALE_CURSOR");
        var told = new ArrayList<Long>();
        var next = refusal.get().replaceFirst(".*go on after \"([^\"]+)\".*", "$1");
        try (var events = subscribe(shop, List.of(), next)) {
            take(events, told);
        }
        assertThat(told).containsExactly(3L);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        var shop = engine().project();
        shop.collect(purchase(1));

        assertThatThrownBy(() -> subscribe(shop, List.of(Map.of("name", "purchse")), null))
                .hasMessageContaining("BAD_USER_INPUT")
                .hasMessageContaining("Did you mean \"purchase\"?");
        assertThatThrownBy(() ->
                        subscribe(shop, List.of(selection("purchase", Map.of("name", "amount", "eq", "x"))), null))
                .hasMessageContaining("BAD_USER_INPUT");
        assertThatThrownBy(() -> subscribe(shop, List.of(), "nonsense")).hasMessageContaining("BAD_USER_INPUT");
    }

    @Test
    void aCursorOfAnotherProjectIsRefused() throws InterruptedException {
        var cursor = start(engine().project());

        assertThatThrownBy(() -> subscribe(engine().project(), List.of(), cursor))
                .hasMessageContaining("This is no cursor of this project's events");
    }

    @Test
    void aCursorThatIsLaterThanAllEventsIsStale(PostgresAddress database) throws InterruptedException, SQLException {
        var shop = engine().project();
        var cursor = start(shop);

        execute(database, "delete from " + shop.project().slug() + "._commit");

        assertThatThrownBy(() -> subscribe(shop, List.of(), cursor)).hasMessageContaining("STALE_CURSOR");
    }

    @Test
    void moreDifferentConditionsThanMayBeAreRefusedUntilOneIsFree() {
        var shop = engine().project();
        shop.collect(purchase(1));
        var feeds = IntStream.of(1, 1, 2, 3, 4)
                .mapToObj(amount -> purchasesOf(shop, amount))
                .toList();

        assertThatThrownBy(() -> purchasesOf(shop, 5)).hasMessageContaining("RATE_LIMITED");

        feeds.get(4).close();
        purchasesOf(shop, 5).close();
        feeds.forEach(Feed::close);
    }

    private static Feed<Map<String, @Nullable Object>> purchasesOf(TestProject project, int amount) {
        return subscribe(project, List.of(selection("purchase", Map.of("name", "amount", "eq", amount))), null);
    }

    private static void execute(PostgresAddress database, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Event purchase(long amount) {
        return Event.of("purchase").at(NOON).with("amount", amount);
    }

    private static void numbers(TestProject project, long from, int count) {
        project.collect(LongStream.range(from, from + count)
                .mapToObj(number -> Event.of("number").at(NOON).with("n", number))
                .toArray(Event[]::new));
    }

    /** A cursor before everything that comes, in a project that has the collection. */
    private static String start(TestProject project) throws InterruptedException {
        try (var events = subscribe(project, List.of(), null)) {
            project.collect(Event.of("number").at(NOON));
            return String.valueOf(next(events).get("cursor"));
        }
    }

    private static String take(Feed<Map<String, @Nullable Object>> events, List<Long> told)
            throws InterruptedException {
        var event = next(events);
        told.add((Long) ((Map<?, ?>) event.get("properties")).get("n"));
        return String.valueOf(event.get("cursor"));
    }

    private static Map<String, Object> selection(String name, Map<String, Object> test) {
        return Map.of("name", name, "where", Map.of("property", test));
    }

    private static Map<String, @Nullable Object> event(String name, Map<?, ?> event) {
        Map<String, @Nullable Object> variables = new HashMap<>();
        variables.put(name, event.get(name));
        return variables;
    }
}

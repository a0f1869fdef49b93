package dev.tidemark.core;

import static dev.tidemark.testkit.Json.list;
import static dev.tidemark.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.schema.faults.StreamFailed;
import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Answer;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Feed;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Question;
import dev.tidemark.spi.Relation;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(300)
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveTest {

    private static final String UPDATE = """
            {
              __typename
              ... on Snapshot { entries { key value { ... on LiveGroup { group measures } } } freshness { servedFrom } }
              ... on Change { upserted { key value { ... on LiveGroup { group measures } } } removed }
              ... on Progress { asOf }
            }
            """;

    private static final String BY_COUNTRY =
            "aggregate(collection: \"purchase\", groupBy: {property: \"country\"}, measures: {measure: SUM, of: \"amount\","
                    + " as: \"paid\"}, having: {measure: \"paid\", lt: 100})";

    private final Counted counted = new Counted();

    @AutoClose
    private TestEngine engine;

    @BeforeAll
    void start(PostgresAddress database) {
        engine = TestEngine.start(database, Map.of("live.questions", "3"), Optional.empty(), counted);
    }

    @Test
    void firstTheWholeAnswerThenOnlyWhatChangedOrIsGone() throws InterruptedException {
        var shop = shop();
        try (var live = subscribe(shop, BY_COUNTRY + UPDATE)) {
            assertThat(next(live))
                    .hasToString(
                            "{__typename=Snapshot, entries=[{key=2:CH, value={group={country=CH}, measures={paid=5}}},"
                                    + " {key=2:DE, value={group={country=DE}, measures={paid=1}}}], freshness={servedFrom=RAW}}");

            shop.collect(purchase("DE", 2), purchase("FR", 7));
            assertThat(next(live))
                    .hasToString(
                            "{__typename=Change, upserted=[{key=2:DE, value={group={country=DE}, measures={paid=3}}},"
                                    + " {key=2:FR, value={group={country=FR}, measures={paid=7}}}], removed=[]}");

            shop.collect(purchase("DE", 100));
            assertThat(next(live)).hasToString("{__typename=Change, upserted=[], removed=[2:DE]}");
        }
    }

    @Test
    void ofSeveralQuestionsThoseWithoutAnotherAnswerSaySo() throws InterruptedException {
        var shop = shop();
        try (var live = subscribe(
                shop,
                "all: " + BY_COUNTRY + UPDATE + " visits: aggregate(collection: \"visit\", measures: {measure: COUNT})"
                        + UPDATE)) {
            assertThat(object(live.next().orElseThrow(), "data", "live").keySet())
                    .containsExactly("all", "visits");

            shop.collect(Event.of("visit"));

            var update = object(live.next().orElseThrow(), "data", "live");
            assertThat(object(update, "all")).containsEntry("__typename", "Progress");
            assertThat(list(object(update, "visits"), "upserted"))
                    .hasToString("[{key=, value={group={}, measures={count=2}}}]");
        }
    }

    @Test
    void equalQuestionsAreAskedOnceAndOnlyAfterACommitToWhatTheyRead() throws InterruptedException {
        var shop = shop();
        counted.asked.set(0);
        var question = "aggregate(collection: \"counted\", measures: {measure: MAX, of: \"n\"})" + UPDATE;
        var visits = "aggregate(collection: \"visit\", measures: {measure: COUNT})" + UPDATE;
        var equal = Stream.generate(() -> subscribe(shop, question)).limit(20).toList();
        try (var other = subscribe(shop, visits)) {
            for (var live : equal) {
                assertThat(next(live)).containsEntry("__typename", "Snapshot");
            }
            next(other);
            shop.collect(Event.of("visit"));
            assertThat(next(other)).containsEntry("__typename", "Change");
            assertThat(counted.asked).hasValue(1);

            shop.collect(purchase("DE", 1));

            for (var live : equal) {
                assertThat(list(next(live), "upserted")).hasToString("[{key=, value={group={}, measures={max_n=2}}}]");
            }
            assertThat(counted.asked).hasValue(2);
        } finally {
            equal.forEach(Feed::close);
        }
    }

    @Test
    void aQuestionIsAskedAgainOnlyWhenAnEventPassesItsFilter() throws InterruptedException {
        var shop = shop();
        counted.purchases.set(0);
        try (var german = subscribe(shop, from("DE"));
                var swiss = subscribe(shop, from("CH"))) {
            assertThat(next(german)).containsEntry("__typename", "Snapshot");
            assertThat(next(swiss)).containsEntry("__typename", "Snapshot");

            for (int round = 0; round < 5; round++) {
                shop.collect(purchase("DE", 1));
                assertThat(next(german)).containsEntry("__typename", "Change");
            }
            shop.collect(purchase("CH", 1));

            assertThat(list(next(swiss), "upserted")).hasToString("[{key=, value={group={}, measures={count=2}}}]");
            assertThat(counted.purchases).hasValue(8);
        }
    }

    @Test
    void moreEventsThanAreLookedAtAreCountedAllTheSame() throws InterruptedException {
        var shop = shop();
        try (var german = subscribe(shop, from("DE"))) {
            next(german);

            shop.collect(Stream.concat(
                            Stream.of(purchase("DE", 1)),
                            Stream.generate(() -> purchase("CH", 1)).limit(600))
                    .toArray(Event[]::new));

            assertThat(list(next(german), "upserted")).hasToString("[{key=, value={group={}, measures={count=2}}}]");
        }
    }

    @Test
    void whatIsErasedIsGoneByItself() throws InterruptedException {
        var shop = shop();
        shop.collect(purchase("DE", 2).by("ada"));
        try (var live = subscribe(shop, from("DE"))) {
            assertThat(list(next(live), "entries")).hasToString("[{key=, value={group={}, measures={count=2}}}]");

            shop.query("mutation { eraseUser(input: {user: \"ada\"}) { userErrors { message } } }");

            assertThat(list(next(live), "upserted")).hasToString("[{key=, value={group={}, measures={count=1}}}]");
        }
    }

    @Test
    @Timeout(30)
    void whatComesOutOfExtraAsItsPropertyGetsAnotherTypeIsThereByItself() throws InterruptedException {
        var shop = engine.project();
        shop.query("""
                mutation { declareCollection(input: {name: "order", properties: [{name: "amount", type: LONG}]}) {
                  userErrors { message } } }
                """);
        shop.collect(Event.of("order").with("amount", 5L), Event.of("order").with("amount", 4.5));
        var many = "aggregate(collection: \"order\", measures: {measure: COUNT}, where: {property: {name: \"amount\","
                + " gte: 3}})";
        try (var live = subscribe(shop, many + UPDATE)) {
            assertThat(list(next(live), "entries")).hasToString("[{key=, value={group={}, measures={count=1}}}]");

            shop.query("""
                    mutation { changePropertyType(input: {collection: "order", property: "amount", type: DOUBLE}) {
                      userErrors { message } } }
                    """);

            assertThat(list(next(live), "upserted")).hasToString("[{key=, value={group={}, measures={count=2}}}]");
        }
    }

    @Test
    void anAnswerIsFollowedOnWhenAllConnectionsOfTheDatabaseWereCut(PostgresAddress database) throws Exception {
        var shop = shop();
        try (var german = subscribe(shop, from("DE"))) {
            next(german);
            try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                    var statement = connection.createStatement()) {
                statement.execute("""
                        select pg_terminate_backend(pid)
                        from pg_stat_activity
                        where datname = current_database() and pid <> pg_backend_pid()
                        """);
            }

            await().ignoreExceptions()
                    .atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> shop.collect(purchase("DE", 1)));

            var told = next(german);
            while (told.containsValue("Progress")) {
                told = next(german);
            }
            assertThat(told).containsEntry("__typename", "Change");
        }
        // other tests have the same engine: until its pools have found all of their lost connections
        await().ignoreExceptions()
                .during(Duration.ofSeconds(1))
                .atMost(Duration.ofMinutes(1))
                .until(() -> !shop().project().slug().isEmpty());
    }

    @Test
    void whoAppliesTheChangesHasTheAnswerHoweverSlowTheyRead() throws InterruptedException {
        var shop = shop();
        var random = new SplittableRandom(6);
        Map<Object, Object> applied = new HashMap<>();
        try (var live = subscribe(shop, BY_COUNTRY + UPDATE)) {
            apply(next(live), applied);
            for (int round = 0; round < 8; round++) {
                for (int i = random.nextInt(1, 5); i > 0; i--) {
                    shop.collect(purchase("C" + random.nextInt(6), random.nextLong(1, 40)));
                }
                apply(next(live), applied);
            }
            shop.collect(purchase("last", 1));
            while (!applied.containsKey("4:last")) {
                apply(next(live), applied);
            }
        }

        var rows = list(object(shop.query("{ " + BY_COUNTRY + " { rows { group measures } } }"), "aggregate"), "rows");

        assertThat(applied.values()).containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        var shop = shop();

        assertThatThrownBy(() ->
                        subscribe(shop, "aggregate(collection: \"purchse\", measures: {measure: COUNT})" + UPDATE))
                .hasMessageContaining("BAD_USER_INPUT")
                .hasMessageContaining("Did you mean \"purchase\"?");
        assertThatThrownBy(() -> subscribe(shop, "__typename")).hasMessageContaining("BAD_USER_INPUT");
        try (var live = subscribe(
                shop, "aggregate(collection: \"purchase\", measures: {measure: SUM, of: \"country\"})" + UPDATE)) {
            assertThatThrownBy(live::next)
                    .isInstanceOfSatisfying(
                            StreamFailed.class,
                            failed -> assertThat(failed.errors().toString()).contains("BAD_USER_INPUT"));
        }
    }

    @Test
    void moreDifferentQuestionsThanMayBeAreRefusedUntilOneIsFree() throws InterruptedException {
        var shop = shop();
        var feeds = Stream.of(1, 1, 2, 3).map(n -> subscribe(shop, first(n))).toList();

        assertThatThrownBy(() -> subscribe(shop, first(4))).hasMessageContaining("RATE_LIMITED");

        feeds.get(3).close();
        try (var free = subscribe(shop, first(4))) {
            assertThat(next(free)).containsEntry("__typename", "Snapshot");
        }
        feeds.forEach(Feed::close);
    }

    private static String from(String country) {
        return "aggregate(collection: \"purchase\", measures: {measure: COUNT}, where: {property: {name: \"country\", eq: \""
                + country + "\"}})" + UPDATE;
    }

    private static String first(int n) {
        return "aggregate(collection: \"purchase\", groupBy: {property: \"country\"}, measures: {measure: COUNT}, first: "
                + n + ")" + UPDATE;
    }

    private TestProject shop() {
        var shop = engine.project();
        shop.collect(purchase("DE", 1), purchase("CH", 5), Event.of("visit"));
        return shop;
    }

    private static Event purchase(String country, long amount) {
        return Event.of("purchase").with("country", country).with("amount", amount);
    }

    private static void apply(Map<String, @Nullable Object> update, Map<Object, Object> applied) {
        var isFirst = "Snapshot".equals(update.get("__typename"));
        for (var entry : list(update, isFirst ? "entries" : "upserted")) {
            applied.put(Objects.requireNonNull(entry.get("key")), Objects.requireNonNull(entry.get("value")));
        }
        if (!isFirst) {
            ((List<?>) Objects.requireNonNull(update.get("removed"))).forEach(applied::remove);
        }
    }

    private static Feed<Map<String, @Nullable Object>> subscribe(TestProject project, String questions) {
        return project.subscribe("subscription { live { " + questions + " } }", Map.of());
    }

    /** The next update of the one question. */
    private static Map<String, @Nullable Object> next(Feed<Map<String, @Nullable Object>> live)
            throws InterruptedException {
        return object(live.next().orElseThrow(), "data", "live", "aggregate");
    }

    /** A relation that knows how often it was asked, and changes with purchases, of which it knows too how often they were. */
    private static final class Counted implements AnalyticsModule, Relation {

        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger purchases = new AtomicInteger();

        @Override
        public String name() {
            return "counted";
        }

        @Override
        public Contribution contribute(ModuleContext context) {
            return Contribution.builder()
                    .relations(project -> List.of(this))
                    .rewriter(this::count)
                    .build();
        }

        private Optional<Question> count(Project project, Question question) {
            if (question.relations().equals(List.of("purchase"))) {
                purchases.incrementAndGet();
            }
            return Optional.empty();
        }

        @Override
        public List<Column> columns() {
            return List.of(new Column("n", "n", ColumnType.LONG));
        }

        @Override
        public List<String> collections() {
            return List.of("purchase");
        }

        @Override
        public Answer answer(Question question) {
            return new Answer(
                    List.of("max_n"),
                    List.of(List.of((long) asked.incrementAndGet())),
                    new Answer.Freshness(Instant.EPOCH, Answer.Source.RAW, Optional.empty()));
        }
    }
}

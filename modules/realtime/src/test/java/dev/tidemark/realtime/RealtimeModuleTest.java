package dev.tidemark.realtime;

import static dev.tidemark.testkit.Json.list;
import static dev.tidemark.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.schema.faults.StreamFailed;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Feed;
import dev.tidemark.testkit.ModuleConformance;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class RealtimeModuleTest extends ModuleConformance {

    private static final Duration A_WHILE = Duration.ofMinutes(2);

    private static final String CREATE = """
            mutation ($input: CreateRealtimeReportInput!) {
              createRealtimeReport(input: $input) { report { name } userErrors { code path message } }
            }
            """;

    private static final String ANSWER = """
            {
              from to asOf
              total { group events measures }
              slides { from to groups { group events measures } }
            }
            """;

    @Override
    protected String module() {
        return "realtime";
    }

    @Override
    protected void fill(TestProject project, String text) {
        project.collect(purchase(text, 1).by(text), purchase(text, 2).by(text));
    }

    @Test
    void aReportIsDefinedListedAndDeleted() {
        var shop = shop();

        assertThat(create(shop, report("sales", "PT2M", "PT5S"))).isEqualTo("[]");

        assertThat(shop.query("{ realtimeReports { name collection measures dimensions where window slide } }")
                        .toString())
                .isEqualTo(
                        "{realtimeReports=[{name=sales, collection=purchase, measures=[{measure=SUM, of=amount, as=paid}],"
                                + " dimensions=[country], where=null, window=PT2M, slide=PT5S}]}");
        assertThat(create(shop, report("sales", "PT2M", "PT5S"))).contains("CONFLICT", "path=[name]");
        var delete = "mutation { deleteRealtimeReport(input: {name: \"sales\"}) { name userErrors { code message } } }";
        assertThat(shop.query(delete).toString()).contains("name=sales");
        assertThat(shop.query(delete).toString()).contains("NOT_FOUND");
        assertThat(shop.answer("{ realtime(report: \"sales\") { to } }", Map.of())
                        .toString())
                .contains("NOT_FOUND");
    }

    @Test
    void whatDoesNotFitIsRefusedWhenItIsDefined() {
        var shop = shop();

        assertThat(create(shop, report("a", "PT2M", "PT7S"))).contains("BAD_USER_INPUT", "path=[slide]");
        assertThat(create(shop, report("a", "PT7S", "PT5S"))).contains("BAD_USER_INPUT", "path=[window]");
        assertThat(create(shop, report("a", "PT1H", "PT1S"))).contains("BAD_USER_INPUT", "path=[window]");
        assertThat(create(shop, report("No!", "PT2M", "PT5S"))).contains("BAD_USER_INPUT", "path=[name]");
        var unknown = new HashMap<>(report("a", "PT2M", "PT5S"));
        unknown.put("dimensions", List.of("contry"));
        assertThat(create(shop, unknown)).contains("BAD_USER_INPUT", "Did you mean \"country\"?");
        assertThat(shop.query("{ realtimeReports { name } }").toString()).isEqualTo("{realtimeReports=[]}");
    }

    @Test
    void slidesInWhichNothingHappenedAreZerosAndAllSumUpToTheWindow() {
        var shop = shop();
        create(shop, report("sales", "PT1M", "PT1S"));
        var now = Instant.now();
        shop.collect(
                purchase("DE", 1).at(now),
                purchase("DE", 2).at(now.minusSeconds(3)),
                purchase("CH", 4).at(now.minusSeconds(3)),
                purchase("FR", 9).at(now.minusSeconds(4_000)));

        var answer = await().atMost(A_WHILE)
                .until(
                        () -> object(shop.query("{ realtime(report: \"sales\") " + ANSWER + "}"), "realtime"),
                        found -> !Instant.parse(String.valueOf(found.get("to"))).isBefore(now.plusSeconds(1)));

        assertThat(answer.get("total"))
                .hasToString("[{group={country=DE}, events=2, measures={paid=3}},"
                        + " {group={country=CH}, events=1, measures={paid=4}}]");
        var slides = list(answer, "slides");
        assertThat(slides).hasSize(60);
        assertThat(slides.stream()
                        .map(slide -> list(slide, "groups").toString())
                        .distinct())
                .containsExactlyInAnyOrder(
                        groups("events=0, measures={paid=null}", "events=0, measures={paid=null}"),
                        groups("events=1, measures={paid=2}", "events=1, measures={paid=4}"),
                        groups("events=1, measures={paid=1}", "events=0, measures={paid=null}"));
        assertThat(slides.stream()
                        .flatMap(slide -> list(slide, "groups").stream())
                        .mapToLong(group -> (Long) Objects.requireNonNull(group.get("events")))
                        .sum())
                .isEqualTo(3);
    }

    @Test
    void allSubscribersShareOneAnswerASlideAndEveryNodeTellsTheSame(PostgresAddress database)
            throws InterruptedException {
        var shop = shop();
        create(shop, report("sales", "PT1M", "PT1S"));
        shop.collect(IntStream.range(0, 30)
                .mapToObj(i -> purchase("DE", i).at(Instant.now().minusSeconds(i)))
                .toArray(Event[]::new));
        var subscription = "subscription { realtime(report: \"sales\") " + ANSWER + "}";
        try (var other = TestEngine.start(database)) {
            var there = new TestProject(other.engine(), shop.project(), shop.caller());
            var here = Stream.generate(() -> shop.subscribe(subscription, Map.of()))
                    .limit(20)
                    .toList();
            try (var elsewhere = there.subscribe(subscription, Map.of())) {
                Map<Object, Map<String, @Nullable Object>> answers = new HashMap<>();
                for (var feed : here) {
                    var answer = data(feed, "realtime");
                    assertThat(answers.computeIfAbsent(end(answer), end -> answer))
                            .isEqualTo(answer);
                }
                assertThat(answers).hasSizeLessThan(here.size());

                var told = data(elsewhere, "realtime");
                while (!answers.containsKey(end(told))) {
                    var mine = data(here.getFirst(), "realtime");
                    answers.put(end(mine), mine);
                    told = Instant.parse(end(told)).isBefore(Instant.parse(end(mine)))
                            ? data(elsewhere, "realtime")
                            : told;
                }
                assertThat(without(told)).isEqualTo(without(answers.get(end(told))));
            } finally {
                here.forEach(Feed::close);
            }
        }
    }

    @Test
    void deletingAReportEndsItsSubscriptions() throws InterruptedException {
        var shop = shop();
        create(shop, report("sales", "PT10S", "PT1S"));
        try (var feed = shop.subscribe("subscription { realtime(report: \"sales\") { to } }", Map.of())) {
            feed.next();

            shop.query("mutation { deleteRealtimeReport(input: {name: \"sales\"}) { name } }");

            assertThatThrownBy(() -> {
                        while (feed.next().isPresent()) {}
                    })
                    .isInstanceOfSatisfying(
                            StreamFailed.class,
                            failed -> assertThat(failed.errors().toString()).contains("NOT_FOUND"));
        }
    }

    @Test
    void thePulseCountsWhatIsStoredEachSecond() throws InterruptedException {
        var shop = shop();
        shop.collect(Event.of("visit"), Event.of("visit"));
        var fields = "{ from to events collections { collection events perSecond } }";

        Map<String, @Nullable Object> pulse;
        try (var pulses = shop.subscribe("subscription { pulse(seconds: 300) " + fields + " }", Map.of())) {
            do {
                pulse = data(pulses, "pulse");
            } while (!Long.valueOf(3).equals(pulse.get("events")));
        }

        var series = list(pulse, "collections");
        assertThat(series)
                .extracting(each -> each.get("collection"), each -> each.get("events"))
                .containsExactly(tuple("visit", 2L), tuple("purchase", 1L));
        assertThat(series.getFirst().get("perSecond"))
                .asInstanceOf(InstanceOfAssertFactories.list(Long.class))
                .hasSize(300)
                .contains(2L, 0L);
        assertThat(shop.answer("{ pulse(seconds: 0) { events } }", Map.of()).toString())
                .contains("BAD_USER_INPUT");
    }

    @Test
    void whoeverSentSomethingOfLateIsOnline() throws InterruptedException {
        var shop = shop();
        var now = Instant.now();
        shop.collect(
                purchase("DE", 1).by("ada").at(now.minusSeconds(200)),
                Event.of("visit").by("ada").at(now.minusSeconds(2)),
                Event.of("visit").byVisitor("device").at(now.minusSeconds(9)),
                Event.of("visit").by("bob").at(now.minusSeconds(4_000)),
                Event.of("visit").at(now));
        var fields = "{ count people { id events } }";

        assertThat(shop.query("{ online(within: \"PT20M\") " + fields + " }").get("online"))
                .hasToString("{count=2, people=[{id=ada, events=2}, {id=device, events=1}]}");
        try (var online =
                shop.subscribe("subscription { online(within: \"PT20M\", first: 1) " + fields + " }", Map.of())) {
            assertThat(data(online, "online")).hasToString("{count=2, people=[{id=ada, events=2}]}");
        }
        assertThat(shop.answer("{ online(within: \"PT0S\") { count } }", Map.of())
                        .toString())
                .contains("BAD_USER_INPUT");
    }

    private TestProject shop() {
        var shop = engine().project();
        shop.collect(purchase("DE", 1).at(Instant.parse("2026-01-05T12:00:00Z")));
        return shop;
    }

    private static Event purchase(String country, long amount) {
        return Event.of("purchase").with("country", country).with("amount", amount);
    }

    private static Map<String, Object> report(String name, String window, String slide) {
        return Map.of(
                "name",
                name,
                "collection",
                "purchase",
                "measures",
                List.of(Map.of("measure", "SUM", "of", "amount", "as", "paid")),
                "dimensions",
                List.of("country"),
                "window",
                window,
                "slide",
                slide);
    }

    /** The errors of its definition. */
    private static String create(TestProject project, Map<String, Object> input) {
        var payload = object(project.query(CREATE, Map.of("input", input)), "createRealtimeReport");
        return String.valueOf(payload.get("userErrors"));
    }

    private static String groups(String german, String swiss) {
        return "[{group={country=DE}, " + german + "}, {group={country=CH}, " + swiss + "}]";
    }

    private static String end(Map<String, @Nullable Object> answer) {
        return String.valueOf(answer.get("to"));
    }

    private static Map<String, @Nullable Object> without(@Nullable Map<String, @Nullable Object> answer) {
        Map<String, @Nullable Object> rest = new HashMap<>(Objects.requireNonNull(answer));
        rest.remove("asOf");
        return rest;
    }

    private static Map<String, @Nullable Object> data(Feed<Map<String, @Nullable Object>> feed, String field)
            throws InterruptedException {
        return object(feed.next().orElseThrow(), "data", field);
    }
}

package dev.tidemark.core.questions.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.EventTest;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Filter.Comparison;
import dev.tidemark.spi.Filter.Match;
import dev.tidemark.spi.Position;
import dev.tidemark.spi.Question;
import dev.tidemark.spi.StoredEvent;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Events in memory pass the filters that they pass in PostgreSQL. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventFilterTest {

    private static final long SEED = 20_261_126;
    private static final int FILTERS = 400;
    private static final List<String> TEXTS = List.of("", "a", "B", "ab", "é", "\uFF5E", "𝄞", "%_", "it's", "?");
    private static final List<Object> NUMBERS =
            List.of(0, 1L, -2L, 1.5, 0.1, "9007199254740993", Long.MAX_VALUE, new BigInteger("9223372036854775808"));
    private static final List<Object> MOMENTS =
            List.of("2021-03-14", "2021-03-14T05:00:00.000001Z", Instant.parse("2021-03-14T05:00:00.0000014Z"));
    private static final List<Object> JSON =
            List.of(Map.of("x", List.of(1, 2)), Map.of("x", List.of(2.0, 1.0)), List.of("a"), "a", 1, 1.0, true);
    private static final List<String> COLUMNS = List.of(
            "text",
            "whole",
            "part",
            "flag",
            "moment",
            "day",
            "words",
            "numbers",
            "deep",
            "_user",
            "_person",
            "_extra",
            "_collection",
            "_message_id",
            "_time");

    private final Random random = new Random(SEED);

    @AutoClose
    private TestEngine engine;

    private TestProject project;
    private List<StoredEvent> stored;

    @BeforeAll
    void fill(PostgresAddress address) {
        engine = TestEngine.start(address);
        project = engine.project();
        var first = Event.of("thing")
                .with("text", "a")
                .with("whole", 1L)
                .with("part", 0.5)
                .with("flag", true)
                .with("moment", "2021-03-14T05:00:00.000001Z")
                .with("day", "2021-03-14")
                .with("words", List.of("a", "b"))
                .with("numbers", List.of(1L, 2L))
                .with("deep", List.of(Map.of("x", List.of(1L, 2L))));
        project.collect(first);
        project.collect(IntStream.range(0, 80).mapToObj(i -> event()).toArray(Event[]::new));
        stored = engine.engine().committedEvents().read(project.project(), Position.START, 1_000);
    }

    @Test
    void filtersMeanTheSameInMemoryAsInSql() {
        assertThat(stored).hasSize(81);
        assertThat(stored).anyMatch(event -> !event.extra().isEmpty());
        for (int i = 0; i < FILTERS; i++) {
            var filter = filter(3);

            assertThat(inMemory(filter)).as("%d: %s", i, filter).isEqualTo(inSql(filter));
        }
    }

    @Test
    void whatSqlRefusesIsRefusedInMemory() {
        for (Filter filter : List.of(
                new Filter.Compare("txt", Comparison.EQ, "a"),
                new Filter.Compare("whole", Comparison.EQ, "a"),
                new Filter.Compare("words", Comparison.LT, "a"),
                new Filter.Compare("deep", Comparison.GT, 1),
                new Filter.Matches("whole", Match.CONTAINS, "1"))) {
            var bySql = refusal(filter);

            assertThatThrownBy(() -> test(filter))
                    .isInstanceOf(CallerException.class)
                    .hasMessage(bySql.getMessage());
        }
    }

    private CallerException refusal(Filter filter) {
        try {
            inSql(filter);
        } catch (CallerException e) {
            return e;
        }
        throw new AssertionError(filter + " was not refused.");
    }

    private List<Long> inMemory(Filter filter) {
        return stored.stream().filter(test(filter)).map(StoredEvent::id).toList();
    }

    private EventTest test(Filter filter) {
        return engine.engine().questions().test(project.project(), "Thing", filter);
    }

    private List<Long> inSql(Filter filter) {
        var question = new Question.Rows(
                List.of("thing"),
                List.of("_id"),
                filter,
                List.of(new Question.Order("_id", false)),
                1_000,
                Optional.empty());
        return engine.engine().questions().answer(project.project(), question).rows().stream()
                .map(row -> (Long) row.getFirst())
                .toList();
    }

    private Event event() {
        var event = Event.of("thing");
        event = chance(2) ? event.by(one(TEXTS)) : event;
        event = chance(3) ? event.byVisitor(one(TEXTS)) : event;
        event = chance(2) ? event.with("text", one(TEXTS)) : event;
        event = chance(2) ? event.with("whole", one(List.<Object>of(0L, 1L, -2L, Long.MAX_VALUE, "odd", true))) : event;
        event = chance(2) ? event.with("part", one(List.<Object>of(0.5, 0L, -0.0, 1e300, "odd"))) : event;
        event = chance(2) ? event.with("flag", random.nextBoolean()) : event;
        event = chance(2)
                ? event.with("moment", one(List.<Object>of("2021-03-14T06:00:00.000001+01:00", "odd")))
                : event;
        event = chance(2) ? event.with("day", one(List.<Object>of("2021-03-13", "2021-03-14", 5L))) : event;
        event = chance(2)
                ? event.with("words", one(List.<Object>of(List.of(), List.of("a", "𝄞"), List.of(""))))
                : event;
        event = chance(2) ? event.with("numbers", one(List.<Object>of(List.of(2L, 5L), List.of(1.5)))) : event;
        return chance(2)
                ? event.with("deep", List.of(Map.of("x", one(List.of(List.of(1L, 2L), List.of(2L, 1L))))))
                : event;
    }

    private Filter filter(int depth) {
        return switch (depth == 0 ? 3 : random.nextInt(5)) {
            case 0 -> new Filter.And(List.of(filter(depth - 1), filter(depth - 1)));
            case 1 -> new Filter.Or(List.of(filter(depth - 1), filter(depth - 1)));
            case 2 -> new Filter.Not(filter(depth - 1));
            default -> condition();
        };
    }

    private Filter condition() {
        var column = one(COLUMNS);
        if (chance(5)) {
            return new Filter.IsSet(column, random.nextBoolean());
        }
        var isOrdered = !List.of("words", "numbers", "deep", "_extra").contains(column);
        var comparison = isOrdered ? one(List.of(Comparison.values())) : one(List.of(Comparison.EQ, Comparison.NE));
        return switch (column) {
            case "text", "_user", "_person", "_collection", "_message_id" ->
                chance(3)
                        ? new Filter.Matches(column, one(List.of(Match.values())), one(TEXTS))
                        : compared(column, comparison, TEXTS);
            case "whole", "part", "numbers" -> compared(column, comparison, NUMBERS);
            case "flag" -> compared(column, comparison, List.of(true, false));
            case "moment", "_time" -> compared(column, comparison, MOMENTS);
            case "day" -> compared(column, comparison, List.of("2021-03-13", "2021-03-14"));
            case "words" -> compared(column, comparison, TEXTS);
            default -> compared(column, comparison, JSON);
        };
    }

    private Filter compared(String column, Comparison comparison, List<?> values) {
        return chance(3)
                ? new Filter.In(
                        column,
                        Stream.generate(() -> (Object) one(values)).limit(2).toList())
                : new Filter.Compare(column, comparison, one(values));
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }
}

package dev.tidemark.core.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.questions.EventTable.Row;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Filter.Comparison;
import dev.tidemark.spi.Grouping.ByPart;
import dev.tidemark.spi.Grouping.DatePart;
import dev.tidemark.spi.Measure;
import dev.tidemark.testkit.PostgresExtension;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The segmentation cases of the conformance suite, on its fixture FX-E. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SegmentationTest {

    @AutoClose
    private EventTable events;

    @BeforeAll
    void fill(PostgresAddress address) {
        var properties = new LinkedHashMap<String, ColumnType>();
        properties.put("teststr", ColumnType.TEXT);
        properties.put("testnumber", ColumnType.DOUBLE);
        properties.put("testbool", ColumnType.BOOLEAN);
        events = new EventTable(address, "test", properties);
        events.add(IntStream.range(0, 100)
                .mapToObj(i -> Row.of(
                        Instant.EPOCH.plusSeconds(100L * i),
                        null,
                        Map.of("teststr", "test" + i, "testnumber", i + 0.0, "testbool", i % 2 == 0)))
                .toList());
    }

    @Test
    void e1CountsEvents() {
        assertThat(rows(ask().count())).containsExactly(List.of(100L));
    }

    @Test
    void e3CountsByPartsOfTime() {
        assertThat(rows(ask().by(part(DatePart.HOUR_OF_DAY)).count()))
                .containsExactly(List.of(0L, 36L), List.of(1L, 36L), List.of(2L, 28L));
        assertThat(rows(ask().by(part(DatePart.DAY_OF_MONTH)).count())).containsExactly(List.of(1L, 100L));
        assertThat(rows(ask().by(part(DatePart.MONTH_OF_YEAR)).count())).containsExactly(List.of(1L, 100L));
        assertThat(rows(ask().by(part(DatePart.DAY_OF_WEEK)).count())).containsExactly(List.of(4L, 100L));
    }

    @Test
    void e4CountsWhatPassesTheFilter() {
        var filtered =
                ask().where(new Filter.Compare("testbool", Comparison.EQ, true)).count();

        assertThat(rows(filtered)).containsExactly(List.of(50L));
    }

    @Test
    void e5SumsNumbers() {
        assertThat(rows(ask().measure(new Measure.Sum("sum", "testnumber")))).containsExactly(List.of(4950.0));
    }

    @Test
    void e6AveragesMaximaAndMinimaByAProperty() {
        var question = ask().by("testbool")
                .measure(new Measure.Average("avg", "testnumber"))
                .measure(new Measure.Max("max", "testnumber"))
                .measure(new Measure.Min("min", "testnumber"))
                .orderBy("testbool", true);

        assertThat(rows(question)).containsExactly(List.of(true, 49.0, 98.0, 0.0), List.of(false, 50.0, 99.0, 1.0));
    }

    @Test
    void e7CountsDifferentValuesByAProperty() {
        var question = ask().by("testbool").measure(new Measure.Distinct("distinct", "teststr"));

        assertThat(rows(question)).containsExactly(List.of(false, 50L), List.of(true, 50L));
    }

    @Test
    void e9ListsTheTopFifteenAndTheRest() {
        var question =
                ask().by("testnumber").count().orderBy("count", true).first(15).rest();

        var answer = events.ask(question.question());

        assertThat(answer.rows())
                .hasSize(15)
                .allSatisfy(row -> assertThat(row.get(1)).isEqualTo(1L));
        assertThat(answer.rest().orElseThrow()).containsExactly(null, 85L);
    }

    @Test
    void e11RefusesTheAverageOfText() {
        assertThatThrownBy(() -> rows(ask().measure(new Measure.Average("avg", "teststr"))))
                .isInstanceOf(CallerException.class)
                .hasMessageContaining("\"teststr\"")
                .hasMessageContaining("TEXT")
                .extracting(e -> ((CallerException) e).code())
                .isEqualTo(ErrorCode.BAD_USER_INPUT);
    }

    @Test
    void d9FindsTheIsoWeek() {
        events.add(List.of(Row.of(Instant.parse("1970-01-15T12:00:00Z"), "late", Map.of())));
        var question = ask().by(part(DatePart.WEEK_OF_YEAR))
                .where(new Filter.Compare("_user", Comparison.EQ, "late"))
                .count();

        assertThat(rows(question)).containsExactly(List.of(3L, 1L));
        events.execute("delete from demo.test where _user = 'late'");
    }

    private List<List<@Nullable Object>> rows(Ask ask) {
        return events.ask(ask.question()).rows();
    }

    private static Ask ask() {
        return Ask.about("test");
    }

    private static ByPart part(DatePart part) {
        return new ByPart("part", "_time", part, ZoneOffset.UTC);
    }
}

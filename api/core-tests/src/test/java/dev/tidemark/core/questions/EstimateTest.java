package dev.tidemark.core.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.questions.aggregates.Estimate;
import dev.tidemark.spi.Answer;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Measure;
import dev.tidemark.testkit.PostgresExtension;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups of 1, 10, 100 … 100,000 different values, each value twice. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EstimateTest {

    @AutoClose
    private EventTable events;

    @BeforeAll
    void fill(PostgresAddress address) {
        var properties = new LinkedHashMap<String, ColumnType>();
        properties.put("text", ColumnType.TEXT);
        properties.put("whole", ColumnType.LONG);
        properties.put("part", ColumnType.DOUBLE);
        properties.put("exact", ColumnType.NUMERIC);
        properties.put("moment", ColumnType.TIMESTAMP);
        properties.put("day", ColumnType.DATE);
        properties.put("flag", ColumnType.BOOLEAN);
        properties.put("size", ColumnType.LONG);
        events = new EventTable(address, "estimated", properties);
        events.execute("""
            insert into demo.estimated
            select row_number() over (), 'epoch', 'epoch', null, null, null, null, 'v' || n, n * 4294967296, n / 8.0,
                case copy when 1 then n else n::numeric(20, 5) end, to_timestamp(n), date '1900-01-01' + n,
                case when n % 3 > 0 then n % 2 = 0 end, size
            from unnest(array[1, 10, 100, 1000, 10000, 100000]) as size, generate_series(1, size) as n,
                generate_series(1, 2) as copy
            """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "whole", "part", "exact", "moment", "day"})
    void theNumberOfDifferentValuesIsEstimatedWithinItsBound(String column) {
        var answer = events.ask(Ask.about("estimated")
                .by("size")
                .measure(new Measure.ApproximateDistinct("about", column))
                .question());

        assertThat(answer.rows()).hasSize(6).allSatisfy(row -> {
            var size = (Long) row.getFirst();
            // three standard errors; the values are fixed, so that it passes always or never
            assertThat((Long) row.getLast()).isCloseTo(size, within(Math.round(3 * Estimate.ERROR * size)));
        });
        assertThat(answer.freshness().isExact()).isFalse();
        assertThat(answer.freshness().errorBound().orElseThrow()).isCloseTo(0.02298, within(0.00001));
    }

    @Test
    void anEstimateIsFilteredDividedComparedAndOrderedBy() {
        var many = new Measure.Filtered(
                new Measure.ApproximateDistinct("many", "text"),
                new Filter.Compare("whole", Filter.Comparison.LTE, 50 * 4294967296L));

        var rows = events.ask(Ask.about("estimated")
                        .by("size")
                        .measure(many)
                        .measure(new Measure.Ratio("share", many, new Measure.Count("n")))
                        .measure(new Measure.ApproximateDistinct("flags", "flag"))
                        .having("many", Filter.Comparison.GT, 5)
                        .orderBy("share", true)
                        .first(2)
                        .rest()
                        .question())
                .rows();

        assertThat(rows).containsExactly(List.of(10L, 10L, 0.5, 2L), List.of(100L, 50L, 0.25, 2L));
    }

    @Test
    void ofNothingItIsZero() {
        Answer answer = events.ask(Ask.about("estimated")
                .measure(new Measure.ApproximateDistinct("about", "_user"))
                .question());

        assertThat(answer.rows()).containsExactly(List.of(0L));
    }
}

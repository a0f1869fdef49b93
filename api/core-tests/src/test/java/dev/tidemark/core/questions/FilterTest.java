package dev.tidemark.core.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.questions.EventTable.Row;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Filter.Compare;
import dev.tidemark.spi.Filter.Comparison;
import dev.tidemark.spi.Filter.In;
import dev.tidemark.spi.Filter.IsSet;
import dev.tidemark.spi.Filter.Match;
import dev.tidemark.spi.Filter.Matches;
import dev.tidemark.spi.Filter.Not;
import dev.tidemark.testkit.PostgresExtension;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FilterTest {

    private static final String HOSTILE = "x\"; drop table demo.filtered; -- ? $1 {d '1'} {} \\ 'é";

    @AutoClose
    private EventTable events;

    @BeforeAll
    void fill(PostgresAddress address) {
        var properties = new LinkedHashMap<String, ColumnType>();
        properties.put("text", ColumnType.TEXT);
        properties.put("whole", ColumnType.LONG);
        properties.put("exact", ColumnType.NUMERIC);
        properties.put("moment", ColumnType.TIMESTAMP);
        properties.put("day", ColumnType.DATE);
        properties.put("json", ColumnType.JSON);
        properties.put("words", ColumnType.TEXT_LIST);
        properties.put("numbers", ColumnType.LONG_LIST);
        properties.put(HOSTILE, ColumnType.TEXT);
        events = new EventTable(address, "filtered", properties);
        events.add(List.of(
                Row.of(
                        Instant.EPOCH,
                        "u",
                        Map.of(
                                "text",
                                "50% off_",
                                "whole",
                                Long.MAX_VALUE,
                                "exact",
                                new BigDecimal("0.1"),
                                "moment",
                                Instant.parse("2021-03-14T00:00:00.000001Z"),
                                "day",
                                LocalDate.parse("2021-03-14"),
                                "json",
                                "{\"a\": [1, 2.50]}",
                                "words",
                                List.of("a", "b?"),
                                "numbers",
                                List.of(1L, 2L),
                                HOSTILE,
                                HOSTILE)),
                Row.of(Instant.EPOCH, null, Map.of())));
    }

    @Test
    void aTestOfAMissingValueDoesNotHoldAndItsOppositeDoes() {
        var equal = new Compare("text", Comparison.EQ, "50% off_");

        assertThat(count(equal)).isEqualTo(1);
        assertThat(count(new Not(equal))).isEqualTo(1);
        assertThat(count(new Not(new Not(equal)))).isEqualTo(1);
        assertThat(count(new Compare("text", Comparison.NE, "other"))).isEqualTo(2);
        assertThat(count(new Not(new Compare("whole", Comparison.GT, 1)))).isEqualTo(1);
        assertThat(count(new Not(new In("text", List.of("50% off_"))))).isEqualTo(1);
        assertThat(count(new Not(new Filter.Or(List.of(equal, new Compare("whole", Comparison.LT, 0))))))
                .isEqualTo(1);
        assertThat(count(new IsSet("words", false))).isEqualTo(1);
    }

    @Test
    void nothingIsTrueOfNoConditionsAtAll() {
        assertThat(count(Filter.ALL)).isEqualTo(2);
        assertThat(count(new Filter.Or(List.of()))).isZero();
        assertThat(count(new Not(Filter.ALL))).isZero();
        assertThat(count(new In("text", List.of()))).isZero();
    }

    @Test
    void textIsMatchedWithoutPatterns() {
        assertThat(count(new Matches("text", Match.CONTAINS, "% o"))).isEqualTo(1);
        assertThat(count(new Matches("text", Match.CONTAINS, "%o"))).isZero();
        assertThat(count(new Matches("text", Match.STARTS_WITH, "50%"))).isEqualTo(1);
        assertThat(count(new Matches("text", Match.STARTS_WITH, "5_"))).isZero();
        assertThat(count(new Matches("text", Match.ENDS_WITH, "off_"))).isEqualTo(1);
        assertThat(count(new Matches("text", Match.ENDS_WITH, ""))).isEqualTo(1);
    }

    @Test
    void valuesBecomeOfTheColumnsType() {
        assertThat(count(new Compare("whole", Comparison.EQ, "9223372036854775807")))
                .isEqualTo(1);
        assertThat(count(new Compare("whole", Comparison.LT, new BigInteger("9223372036854775808"))))
                .isEqualTo(1);
        assertThat(count(new Compare("whole", Comparison.GT, 1.5))).isEqualTo(1);
        assertThat(count(new In("whole", List.of(1.5, Long.MAX_VALUE)))).isEqualTo(1);
        assertThat(count(new Compare("exact", Comparison.EQ, 0.1))).isEqualTo(1);
        assertThat(count(new Compare("moment", Comparison.GT, "2021-03-14"))).isEqualTo(1);
        assertThat(count(new Compare("moment", Comparison.EQ, "2021-03-14T01:00:00.000001+01:00")))
                .isEqualTo(1);
        assertThat(count(new Compare("day", Comparison.LTE, "2021-03-14"))).isEqualTo(1);
        assertThat(count(new In("day", List.of("2021-03-13", LocalDate.parse("2021-03-14")))))
                .isEqualTo(1);
        assertThat(count(new Compare("json", Comparison.EQ, Map.of("a", List.of(1, 2.5)))))
                .isEqualTo(1);
        assertThat(count(new In("json", List.of(Map.of("a", List.of(1, 2.5)))))).isEqualTo(1);
    }

    @Test
    void aListEqualsAValueWhenOneOfItsElementsDoes() {
        assertThat(count(new Compare("words", Comparison.EQ, "b?"))).isEqualTo(1);
        assertThat(count(new Compare("words", Comparison.NE, "b?"))).isEqualTo(1);
        assertThat(count(new Compare("words", Comparison.NE, "c"))).isEqualTo(2);
        assertThat(count(new In("words", List.of("c", "a")))).isEqualTo(1);
        assertThat(count(new In("numbers", List.of(2.5, 2)))).isEqualTo(1);
        assertThat(count(new Compare("numbers", Comparison.EQ, 2.5))).isZero();
    }

    @Test
    void hostileNamesAndValuesAreJustNamesAndValues() {
        assertThat(count(new Compare(HOSTILE, Comparison.EQ, HOSTILE))).isEqualTo(1);
        assertThat(count(new Matches(HOSTILE, Match.CONTAINS, "$1 {d '1'}"))).isEqualTo(1);
        assertThat(events.ask(Ask.about("filtered")
                                .by(HOSTILE)
                                .count()
                                .orderBy(HOSTILE, false)
                                .question())
                        .rows())
                .containsExactly(List.of(HOSTILE, 1L), java.util.Arrays.asList(null, 1L));
    }

    @Test
    void aValueThatCannotBeOfTheTypeIsRefusedNamingBoth() {
        refuses(new Compare("whole", Comparison.EQ, "abc"), "\"whole\"", "LONG", "\"abc\"");
        refuses(new Compare("whole", Comparison.EQ, true), "\"whole\"", "LONG");
        refuses(new Compare("whole", Comparison.EQ, "1e999999999"), "\"whole\"", "LONG");
        refuses(new Compare("exact", Comparison.EQ, Double.NaN), "\"exact\"", "NUMERIC");
        refuses(new Compare("text", Comparison.EQ, 5), "\"text\"", "TEXT");
        refuses(new Compare("text", Comparison.EQ, "\u0000"), "\"text\"", "TEXT");
        refuses(new Compare("text", Comparison.EQ, "\uD800"), "\"text\"", "TEXT");
        refuses(new Compare("moment", Comparison.GT, "2021-03-14T00:00:00"), "\"moment\"", "TIMESTAMP");
        refuses(new Compare("moment", Comparison.GT, Instant.MAX), "\"moment\"", "TIMESTAMP");
        refuses(new Compare("day", Comparison.GT, "2021-03-14T00:00:00Z"), "\"day\"", "DATE");
        refuses(new Compare("json", Comparison.GT, 1), "\"json\"", "JSON");
        refuses(new Compare("words", Comparison.GT, "a"), "\"words\"", "TEXT_LIST");
        refuses(new Compare("words", Comparison.EQ, List.of("a")), "\"words\"", "TEXT_LIST");
        refuses(new Matches("whole", Match.CONTAINS, "1"), "\"whole\"", "LONG");
        refuses(new Compare("txt", Comparison.EQ, "a"), "\"txt\"", "Did you mean \"text\"?");
    }

    private long count(Filter filter) {
        return (Long) events.ask(Ask.about("filtered").where(filter).count().question())
                .rows()
                .getFirst()
                .getFirst();
    }

    private void refuses(Filter filter, String... words) {
        assertThatThrownBy(() -> count(filter)).isInstanceOfSatisfying(CallerException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_USER_INPUT);
            assertThat(refusal.path()).containsExactly("where");
            assertThat(refusal.sentence()).contains(words);
        });
    }
}

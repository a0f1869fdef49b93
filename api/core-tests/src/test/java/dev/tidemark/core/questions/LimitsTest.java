package dev.tidemark.core.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.questions.EventTable.Row;
import dev.tidemark.core.questions.relations.KnownRelations;
import dev.tidemark.core.questions.relations.QuestionStore;
import dev.tidemark.core.questions.relations.TableRelation;
import dev.tidemark.core.questions.sql.SqlColumns;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Filter.Compare;
import dev.tidemark.spi.Filter.Comparison;
import dev.tidemark.spi.Grouping.ByBucket;
import dev.tidemark.spi.Grouping.TimeUnit;
import dev.tidemark.spi.Measure;
import dev.tidemark.spi.SqlColumn;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.testkit.PostgresExtension;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitsTest {

    private static final Instant START = Instant.parse("2021-03-13T00:00:00Z");

    @AutoClose
    private EventTable events;

    @BeforeAll
    void fill(PostgresAddress address) {
        events = new EventTable(address, "limited", Map.of("whole", ColumnType.LONG, "part", ColumnType.DOUBLE));
        events.add(List.of(
                Row.of(START, "u", Map.of("whole", Long.MAX_VALUE, "part", Double.MAX_VALUE)),
                Row.of(START, "u", Map.of("whole", Long.MAX_VALUE, "part", Double.MAX_VALUE))));
    }

    @Test
    void aQuestionThatTakesTooLongIsEnded() {
        events.execute("create or replace view demo.slow as select *, pg_sleep(5)::text as late from demo.limited");
        var slow = new TableRelation(
                "slow",
                SqlFragment.sql("demo.slow"),
                new SqlColumns(
                        "slow",
                        List.of(SqlColumn.of(new dev.tidemark.spi.Relation.Column("late", "late", ColumnType.TEXT))),
                        name -> java.util.Optional.empty()),
                List.of(),
                List.of(),
                events.database(),
                Duration.ofMillis(50),
                KnownRelations.ALWAYS);

        refuses(() -> slow.answer(Ask.about("slow").by("late").count().question()), ErrorCode.QUERY_TIMEOUT, "longer");
    }

    @Test
    void aQuestionCannotWrite() {
        events.execute("create table if not exists demo.written (a int)");
        events.execute("create or replace function demo.written() returns text language plpgsql volatile as"
                + " $$ begin insert into demo.written values (1); return 'x'; end $$");

        assertThatThrownBy(() -> QuestionStore.read(
                        events.database(),
                        Duration.ofSeconds(5),
                        snapshot -> snapshot.rows(SqlFragment.sql("select demo.written()"))))
                .rootCause()
                .hasMessageContaining("read-only transaction");
    }

    @Test
    void aSumOfWholeNumbersIsExactHoweverLarge() {
        var sum = events.ask(Ask.about("limited")
                        .measure(new Measure.Sum("sum", "whole"))
                        .question())
                .rows();

        assertThat(sum).containsExactly(List.of(BigInteger.TWO.multiply(BigInteger.valueOf(Long.MAX_VALUE))));
    }

    @Test
    void aSumBeyondItsTypeIsRefusedAndNoFault() {
        refuses(
                () -> events.ask(Ask.about("limited")
                        .measure(new Measure.Sum("sum", "part"))
                        .question()),
                ErrorCode.BAD_USER_INPUT,
                "range");
    }

    @Test
    void gapsAreFilledAcrossTheChangeToSummerTime() {
        var hours = Ask.about("limited")
                .by(new ByBucket("bucket", "_time", TimeUnit.HOUR, 1, ZoneId.of("America/New_York")))
                .count()
                .where(new Filter.And(List.of(
                        new Compare("_time", Comparison.GTE, "2021-03-14T05:00:00Z"),
                        new Compare("_time", Comparison.LT, "2021-03-15T04:00:00Z"))))
                .fillGaps();

        var rows = events.ask(hours.question()).rows();

        assertThat(rows).hasSize(23).allSatisfy(row -> assertThat(row.get(1)).isEqualTo(0L));
        assertThat(rows.getFirst().getFirst()).isEqualTo(Instant.parse("2021-03-14T05:00:00Z"));
    }

    @Test
    void whatHavingLeavesOutIsNoGap() {
        var days = Ask.about("limited")
                .by(new ByBucket("bucket", "_time", TimeUnit.DAY, 1, ZoneId.of("UTC")))
                .count()
                .measure(new Measure.Sum("sum", "whole"))
                .where(new Filter.And(List.of(
                        new Compare("_time", Comparison.GTE, "2021-03-12"),
                        new Compare("_time", Comparison.LT, "2021-03-15"))))
                .having("count", Comparison.LT, 2)
                .orderBy("bucket", true)
                .fillGaps();

        assertThat(events.ask(days.question()).rows())
                .containsExactly(
                        java.util.Arrays.asList(Instant.parse("2021-03-14T00:00:00Z"), 0L, null),
                        java.util.Arrays.asList(Instant.parse("2021-03-12T00:00:00Z"), 0L, null));
    }

    @Test
    void endlessGapsAreRefused() {
        var seconds = Ask.about("limited")
                .by(new ByBucket("bucket", "_time", TimeUnit.SECOND, 1, ZoneId.of("UTC")))
                .count()
                .where(new Filter.And(List.of(
                        new Compare("_time", Comparison.GTE, "0001-01-01"),
                        new Compare("_time", Comparison.LT, "9999-12-31"))))
                .fillGaps();

        refuses(() -> events.ask(seconds.question()), ErrorCode.QUERY_TOO_COMPLEX, "10000");
    }

    @Test
    void moreGroupsThanAnybodyReadsAreRefusedUnlessFirstIsGiven() {
        events.execute("drop view if exists demo.many");
        events.execute("create view demo.many as select i::bigint as n from generate_series(1, 10001) i");
        var many = new TableRelation(
                "many",
                SqlFragment.sql("demo.many"),
                new SqlColumns(
                        "many",
                        List.of(SqlColumn.of(new dev.tidemark.spi.Relation.Column("n", "n", ColumnType.LONG))),
                        name -> java.util.Optional.empty()),
                List.of(),
                List.of(),
                events.database(),
                Duration.ofSeconds(30),
                KnownRelations.ALWAYS);
        var all = Ask.about("many").by("n").count();

        refuses(() -> many.answer(all.question()), ErrorCode.QUERY_TOO_COMPLEX, "first");
        assertThat(many.answer(all.first(10_000).rest().question()).rest().orElseThrow())
                .containsExactly(null, 1L);
    }

    @Test
    void contradictionsAreRefused() {
        var count = Ask.about("limited").count();

        refuses(() -> events.ask(count.rest().question()), ErrorCode.BAD_USER_INPUT, "add first");
        refuses(() -> events.ask(count.fillGaps().question()), ErrorCode.BAD_USER_INPUT, "timeBucket");
        refuses(() -> events.ask(count.count().question()), ErrorCode.BAD_USER_INPUT, "\"count\"");
        refuses(() -> events.ask(Ask.about("limited").question()), ErrorCode.BAD_USER_INPUT, "measure");
        refuses(() -> events.ask(count.first(0).question()), ErrorCode.BAD_USER_INPUT, "at least 1");
        refuses(
                () -> events.ask(Ask.about("limited")
                        .by("_user")
                        .measure(new Measure.Min("min", "_user"))
                        .having("min", Comparison.GT, 1)
                        .question()),
                ErrorCode.BAD_USER_INPUT,
                "\"min\"");
        refuses(() -> events.ask(count.by("_extra").question()), ErrorCode.BAD_USER_INPUT, "JSON");
    }

    private static void refuses(ThrowingCallable question, ErrorCode code, String words) {
        assertThatThrownBy(question).isInstanceOfSatisfying(CallerException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal.sentence()).contains(words);
        });
    }
}

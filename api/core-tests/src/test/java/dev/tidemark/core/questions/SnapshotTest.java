package dev.tidemark.core.questions;

import static dev.tidemark.spi.SqlFragment.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.questions.relations.QuestionStore;
import dev.tidemark.spi.Snapshot;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.testkit.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What one question sees, and how its statements get to the database. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnapshotTest {

    private static final SqlFragment ONE = sql("select 1");
    private static final SqlFragment CLOCK = sql("select clock_timestamp()");
    private static final SqlFragment MANY = sql("select n from generate_series(1, 2500) as n");

    @AutoClose
    private EventTable events;

    @BeforeAll
    void connect(PostgresAddress address) {
        events = new EventTable(address, "snapped", Map.of());
    }

    @Test
    void whatIsExpectedGoesWithTheStatementBefore() {
        var asked = read(snapshot -> {
            snapshot.expect(likely -> {
                likely.rows(CLOCK);
                likely.stream(MANY, row -> {});
                likely.frequent().rows(ONE);
            });
            var first = snapshot.rows(sql("select 2"));
            var answered = Instant.now();
            var clock = (Instant) snapshot.rows(CLOCK).getFirst().getFirst();
            assertThat(clock).isBefore(answered);
            return List.of(first, streamed(snapshot), snapshot.frequent().rows(ONE));
        });

        assertThat(asked).isEqualTo(List.of(List.of(List.of(2L)), 2_500, List.of(List.of(1L))));
    }

    @Test
    void somethingElseThanWasExpectedCanBeAsked() {
        var asked = read(snapshot -> {
            snapshot.expect(likely -> {
                likely.rows(CLOCK);
                likely.rows(ONE);
            });
            var first = snapshot.rows(sql("select 2"));
            var answered = Instant.now();
            var other = snapshot.rows(sql("select 3"));
            var clock = (Instant) snapshot.rows(CLOCK).getFirst().getFirst();
            assertThat(clock).isAfter(answered);
            return List.of(first, other, snapshot.rows(ONE), streamed(snapshot));
        });

        assertThat(asked).isEqualTo(List.of(List.of(List.of(2L)), List.of(List.of(3L)), List.of(List.of(1L)), 2_500));
    }

    @Test
    void allStatementsSeeOneMomentAndCannotWrite() {
        events.execute("create table if not exists demo.written (n bigint)");
        var count = sql("select count(*) from demo.written");

        var seen = read(snapshot -> {
            snapshot.expect(likely -> likely.rows(count));
            var setting = snapshot.rows(
                    sql("select current_setting('transaction_read_only'), current_setting('transaction_isolation'),"
                            + " current_setting('statement_timeout'), current_setting('enable_mergejoin')"));
            events.execute("insert into demo.written values (1)");
            var before = snapshot.rows(count);
            return List.of(setting, before, snapshot.rows(sql("select count(*), 1 from demo.written")));
        });

        assertThat(seen)
                .isEqualTo(List.of(
                        List.of(List.of("on", "repeatable read", "30s", "off")),
                        List.of(List.of(0L)),
                        List.of(List.of(0L, 1L))));
    }

    @Test
    void theMomentIsKnownBeforeAnythingIsAsked() {
        var before = Instant.now().minusMillis(1);

        var moments = read(snapshot -> List.of(
                snapshot.asOf(), snapshot.rows(sql("select now()")).getFirst().getFirst(), snapshot.asOf()));

        assertThat(moments).allMatch(moment -> moment.equals(moments.getFirst()));
        assertThat((Instant) moments.getFirst()).isBetween(before, Instant.now());
    }

    private static int streamed(Snapshot snapshot) {
        var rows = new ArrayList<List<@Nullable Object>>();
        snapshot.stream(MANY, rows::add);
        return rows.size();
    }

    private List<?> read(Function<Snapshot, List<?>> work) {
        return QuestionStore.read(events.database(), Duration.ofSeconds(30), work);
    }
}

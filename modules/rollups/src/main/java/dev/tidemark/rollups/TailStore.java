package dev.tidemark.rollups;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Snapshot;
import dev.tidemark.spi.SqlFragment;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Finds the commits that are not rolled up yet. */
final class TailStore {

    private TailStore() {}

    /** Those of the rollup's collection, as the snapshot sees them; empty: there are none. */
    static Optional<Commits> commits(Snapshot snapshot, Rollup rollup) {
        var name = SqlFragment.text(rollup.name());
        var found = snapshot.rows(sql(
                """
                select position, ids, first_id, last_id, first_time, last_time
                from ({}) as later
                left join _rollup on name = {}\
                """,
                Commits.select(rollup, sql("position > (select position from _rollup where name = {})", name)),
                name));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var row = found.getFirst();
        if (row.getFirst() == null) {
            throw new CallerException(
                    ErrorCode.CONFLICT, "Rollup \"" + rollup.name() + "\" was dropped a moment ago: ask again.");
        }
        return Optional.ofNullable(row.get(1))
                .map(ids -> new Commits(
                        ids.toString(),
                        (Long) Objects.requireNonNull(row.get(2)),
                        (Long) Objects.requireNonNull(row.get(3)),
                        (Instant) Objects.requireNonNull(row.get(4)),
                        (Instant) Objects.requireNonNull(row.get(5))));
    }
}

package dev.tidemark.rollups;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Snapshot;
import dev.tidemark.spi.SqlFragment;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Finds what is not in the rows of a rollup yet. */
final class TailStore {

    private TailStore() {}

    /**
     * What a snapshot sees that is not in the rows yet.
     *
     * @param commits of the rollup's collection; empty: there are none
     * @param stale the buckets that are to be read from the rollup of which this one is made, in their order
     */
    record Tail(Optional<Commits> commits, List<Instant> stale) {}

    static Tail tail(Snapshot snapshot, Rollup rollup) {
        return new Tail(commits(snapshot, rollup), rollup.cascade().isPresent() ? stale(snapshot, rollup) : List.of());
    }

    private static Optional<Commits> commits(Snapshot snapshot, Rollup rollup) {
        var name = SqlFragment.text(rollup.follower());
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

    private static List<Instant> stale(Snapshot snapshot, Rollup rollup) {
        var name = SqlFragment.text(rollup.name());
        return snapshot.rows(sql("select bucket from _rollup_stale where rollup = {} order by bucket", name)).stream()
                .map(row -> (Instant) Objects.requireNonNull(row.getFirst()))
                .toList();
    }
}

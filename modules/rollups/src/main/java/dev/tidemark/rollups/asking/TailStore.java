package dev.tidemark.rollups.asking;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.progress.Meanwhile;
import dev.tidemark.rollups.rows.Commits;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Snapshot;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlFragment.Parameter;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what is not in the rows of a rollup yet. */
final class TailStore {

    private TailStore() {}

    /**
     * What a snapshot sees that is not in the rows yet.
     *
     * @param commits of the rollup's collection; empty: there are none
     * @param isSettled whether none of the rows is yet to be made anew
     * @param stale the buckets that are to be read from the rollup of which this one is made, in their order
     * @param rawFrom earlier events may have expired, so that their rows stay as they are; empty: none have
     */
    record Tail(Optional<Commits> commits, boolean isSettled, List<Instant> stale, Optional<Instant> rawFrom) {

        /** The tail of an empty database. */
        static final Tail NOTHING = new Tail(Optional.empty(), true, List.of(), Optional.empty());

        /** Whether all is in the rows. */
        boolean isEmpty() {
            return commits.isEmpty() && stale.isEmpty();
        }
    }

    static Tail tail(Snapshot snapshot, Rollup rollup) {
        var found = snapshot.frequent()
                .rows(sql(
                        """
                select position, {}, exists (select from _commit where collection = {} and _commit.position > _rollup.position),
                    raw_from
                from (select) as one
                left join _rollup on name = {}\
                """,
                        settled(rollup),
                        SqlFragment.text(rollup.collection()),
                        SqlFragment.text(rollup.follower())));
        return found.isEmpty() ? Tail.NOTHING : tail(snapshot, rollup, found.getFirst());
    }

    private static Tail tail(Snapshot snapshot, Rollup rollup, List<@Nullable Object> row) {
        if (!(row.getFirst() instanceof Long position)) {
            throw Meanwhile.changed(rollup.name());
        }
        return new Tail(
                Boolean.TRUE.equals(row.get(2)) ? commits(snapshot, rollup, position) : Optional.empty(),
                Boolean.TRUE.equals(row.get(1)),
                rollup.cascade().isPresent() ? stale(snapshot, rollup) : List.of(),
                Optional.ofNullable((Instant) row.get(3)));
    }

    /** Whether none of a rollup's rows is yet to be made anew. */
    static boolean isSettled(Snapshot snapshot, Rollup rollup) {
        return snapshot.rows(sql("select {}", settled(rollup))).stream()
                .allMatch(row -> Boolean.TRUE.equals(row.getFirst()));
    }

    /** Earlier buckets are gone, or about to go; empty: all are there. */
    static Optional<Instant> keptFrom(Snapshot snapshot, Rollup rollup) {
        return snapshot
                .rows(sql("select kept_from from _rollup where name = {}", SqlFragment.text(rollup.name())))
                .stream()
                .flatMap(row -> Stream.ofNullable((Instant) row.getFirst()))
                .findFirst();
    }

    private static SqlFragment settled(Rollup rollup) {
        var isAnyStale =
                sql("exists (select from _rollup_stale where rollup = {})", SqlFragment.text(rollup.follower()));
        var isSettled = sql("not {} and not {}", isAnyStale, isAnyChanged(rollup));
        return rollup.isOfPersons() ? sql("{} and not exists (select from _rollup_person)", isSettled) : isSettled;
    }

    /** Whether values have changed of which its rows may be made; any is meant where it, or the one that it is made of, has a condition. */
    private static SqlFragment isAnyChanged(Rollup rollup) {
        var ofCollection =
                sql("select from _rollup_property where collection = {}", SqlFragment.text(rollup.collection()));
        return rollup.condition().isPresent() || rollup.cascade().isPresent()
                ? sql("exists ({})", ofCollection)
                : sql(
                        "exists ({} and property = any({}))",
                        ofCollection,
                        SqlFragment.value(new Parameter(ColumnType.TEXT, rollup.columns())));
    }

    private static Optional<Commits> commits(Snapshot snapshot, Rollup rollup, long position) {
        var later = Commits.select(rollup.collection(), sql("position > {}", SqlFragment.number(position)));
        return snapshot.frequent().rows(later).stream()
                .map(row -> new Commits(
                        Objects.requireNonNull(row.get(0)).toString(),
                        (Long) Objects.requireNonNull(row.get(1)),
                        (Long) Objects.requireNonNull(row.get(2)),
                        (Instant) Objects.requireNonNull(row.get(3)),
                        (Instant) Objects.requireNonNull(row.get(4))))
                .findFirst();
    }

    private static List<Instant> stale(Snapshot snapshot, Rollup rollup) {
        var name = SqlFragment.text(rollup.name());
        return snapshot.rows(sql("select bucket from _rollup_stale where rollup = {} order by bucket", name)).stream()
                .map(row -> (Instant) Objects.requireNonNull(row.getFirst()))
                .toList();
    }
}

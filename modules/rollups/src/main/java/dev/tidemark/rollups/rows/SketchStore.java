package dev.tidemark.rollups.rows;

import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.definition.Share;
import dev.tidemark.rollups.definition.Span;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Merges events, or rows of another rollup, into the rows of a rollup with sketches. This program groups events and makes the
 * sketches, since few databases have the extensions that could; each row is read and written once for many events.
 */
final class SketchStore {

    /** Events that are made into columns at a time, at most. */
    private static final int EVENTS = 2_000;

    /** Groups of rows in memory. */
    private static final int GROUPS = 1_000;

    private final Statements statements;
    private final DraftStore drafts;

    SketchStore(Statements statements) {
        this.statements = statements;
        this.drafts = new DraftStore(statements);
    }

    /**
     * Merges events into the rows of rollups of one collection.
     *
     * @param conditions of which one holds for each of the events: those of different ones are read at the same time
     */
    void merge(Connection connection, List<EventRows> rollups, List<SqlFragment> conditions) throws SQLException {
        each(connection, rollups, conditions, some -> write(connection, some));
    }

    /** Merges what buckets are made of. */
    void merge(Connection connection, Rollup rollup, Origin origin, Span span) throws SQLException {
        switch (origin) {
            case EventRows events -> merge(connection, List.of(events), List.of(events.rolledUp(span, Share.WHOLE)));
            case CascadeRows rows ->
                each(connection, rollup, rows.sketched(span, Share.WHOLE), some -> write(connection, some));
        }
    }

    private boolean write(Connection connection, List<RollupDrafts> some) throws SQLException {
        for (var each : some) {
            drafts.write(connection, each.rollup(), each.drafts());
        }
        return true;
    }

    /** Whether rows of a share of buckets have other sketches than what they are made of. Not looked into when events do not fit into memory. */
    boolean isSpoiled(Connection connection, Rollup rollup, Origin origin, Span span, Share share) throws SQLException {
        return switch (origin) {
            case EventRows events -> {
                var all = new ArrayList<List<RollupDrafts>>();
                var isOne = each(connection, List.of(events), List.of(events.rolledUp(span, share)), some -> {
                    all.add(some);
                    return all.size() == 1;
                });
                yield isOne && !all.isEmpty() && isSpoiled(connection, all.getFirst());
            }
            case CascadeRows rows ->
                !each(connection, rollup, rows.sketched(span, share), some -> !isSpoiled(connection, some));
        };
    }

    private boolean isSpoiled(Connection connection, List<RollupDrafts> some) throws SQLException {
        for (var each : some) {
            if (drafts.isSpoiled(connection, each.rollup(), each.drafts())) {
                return true;
            }
        }
        return false;
    }

    private boolean each(Connection connection, List<EventRows> rollups, List<SqlFragment> conditions, Step step)
            throws SQLException {
        var reading = new EventReading(rollups);
        var selects = conditions.stream().map(reading::select).toList();
        return each(
                connection,
                selects,
                reading.fetched(),
                reading::read,
                Math.min(EVENTS, reading.fetched()),
                reading::next,
                step);
    }

    private boolean each(Connection connection, Rollup rollup, SqlFragment sketched, Step step) throws SQLException {
        var reading = new CascadeReading(rollup);
        return each(
                connection,
                List.of(sketched),
                reading.fetched(),
                reading::read,
                GROUPS,
                rows -> List.of(new RollupDrafts(rollup, rows.take().orElse(List.of()))),
                step);
    }

    /** Whether all steps said to go on. */
    private <T> boolean each(
            Connection connection,
            List<SqlFragment> selects,
            int fetched,
            ReadAhead.RowsReader<T> reader,
            int most,
            Grouping<T> grouping,
            Step step)
            throws SQLException {
        try (var found = new CursorStore(statements, connection, selects, fetched);
                var rows = new ReadAhead<>(found.cursors(), reader, most)) {
            var some = grouping.next(rows);
            while (some.stream().anyMatch(each -> !each.drafts().isEmpty())) {
                rows.pause();
                if (!step.take(some)) {
                    return false;
                }
                some = grouping.next(rows);
            }
            return true;
        }
    }

    /** Makes drafts of the next rows, as many as fit into memory; none for any rollup: there are no more rows. */
    private interface Grouping<T> {
        List<RollupDrafts> next(ReadAhead<T> rows) throws SQLException;
    }

    /** Tells whether to go on. */
    private interface Step {
        boolean take(List<RollupDrafts> drafts) throws SQLException;
    }
}

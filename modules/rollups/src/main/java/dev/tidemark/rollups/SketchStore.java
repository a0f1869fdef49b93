package dev.tidemark.rollups;

import dev.tidemark.spi.Questions;
import dev.tidemark.spi.SqlFragment;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Merges events, or rows of another rollup, into the rows of a rollup with sketches. This program groups events and makes the
 * sketches, since few databases have the extensions that could; each row is read and written once for many events.
 */
final class SketchStore {

    /** Groups of rows in memory, each of which may have sketches of many rows. */
    private static final int MOST_GROUPS = 1_000;

    private final Questions questions;
    private final DraftStore drafts;

    SketchStore(Questions questions) {
        this.questions = questions;
        this.drafts = new DraftStore(questions);
    }

    /** Merges the events for which a condition holds. */
    void merge(Connection connection, Rollup rollup, EventRows events, SqlFragment condition) throws SQLException {
        each(connection, rollup, events.events(condition), EventGroups::next, some -> {
            drafts.write(connection, rollup, some);
            return true;
        });
    }

    /** Merges what buckets are made of. */
    void merge(Connection connection, Rollup rollup, Origin origin, Span span) throws SQLException {
        switch (origin) {
            case EventRows events -> merge(connection, rollup, events, events.rolledUp(span));
            case CascadeRows rows ->
                each(connection, rollup, rows.sketched(span), SketchStore::next, some -> {
                    drafts.write(connection, rollup, some);
                    return true;
                });
        }
    }

    /** Whether rows of buckets have other sketches than what they are made of. Not looked into when events do not fit into memory. */
    boolean isSpoiled(Connection connection, Rollup rollup, Origin origin, Span span) throws SQLException {
        return switch (origin) {
            case EventRows events -> {
                var all = new ArrayList<List<? extends Draft>>();
                var isOne = each(connection, rollup, events.events(events.rolledUp(span)), EventGroups::next, some -> {
                    all.add(some);
                    return all.size() == 1;
                });
                yield isOne && !all.isEmpty() && drafts.isSpoiled(connection, rollup, all.getFirst());
            }
            case CascadeRows rows ->
                !each(
                        connection,
                        rollup,
                        rows.sketched(span),
                        SketchStore::next,
                        some -> !drafts.isSpoiled(connection, rollup, some));
        };
    }

    /** Whether all steps said to go on. */
    private boolean each(Connection connection, Rollup rollup, SqlFragment sql, Reading reading, Step step)
            throws SQLException {
        try (var statement = questions.prepareCursor(connection, sql);
                var rows = statement.executeQuery()) {
            var some = reading.next(rollup, rows);
            while (!some.isEmpty() && step.take(some)) {
                some = reading.next(rollup, rows);
            }
            return some.isEmpty();
        }
    }

    private static List<CascadeGroup> next(Rollup rollup, ResultSet rows) throws SQLException {
        var groups = new ArrayList<CascadeGroup>();
        while (groups.size() < MOST_GROUPS && rows.next()) {
            groups.add(CascadeGroup.of(rollup, rows));
        }
        return groups;
    }

    /** Reads some that fit into memory; none: there are no more. */
    private interface Reading {
        List<? extends Draft> next(Rollup rollup, ResultSet rows) throws SQLException;
    }

    /** Tells whether to go on. */
    private interface Step {
        boolean take(List<? extends Draft> drafts) throws SQLException;
    }
}

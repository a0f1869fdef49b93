package dev.tidemark.rollups.rows;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.rollups.definition.DefinitionStore;
import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.definition.RollupTable;
import dev.tidemark.rollups.definition.Share;
import dev.tidemark.rollups.definition.Span;
import dev.tidemark.rollups.progress.ProgressStore.Held;
import dev.tidemark.rollups.progress.StaleStore;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The rows of a rollup's table. Whoever changes them holds the rollup; rollups that are made of it learn of what has changed. */
public final class RowStore {

    private final Questions questions;
    private final Statements statements;
    private final DefinitionStore definitions;
    private final StaleStore stale;
    private final SketchStore sketches;

    public RowStore(Questions questions, Statements statements, DefinitionStore definitions, StaleStore stale) {
        this.questions = questions;
        this.statements = statements;
        this.definitions = definitions;
        this.stale = stale;
        this.sketches = new SketchStore(statements);
    }

    /** Merges the events of commits into the rows of rollups of one collection. */
    public void merge(Connection connection, Project project, List<Rollup> rollups, Commits commits)
            throws SQLException {
        var condition = commits.condition();
        var sketched = new ArrayList<EventRows>();
        for (var rollup : rollups) {
            var events = events(project, rollup);
            if (rollup.sketches().isEmpty()) {
                update(connection, new RollupTable(rollup).merge(events.grouped(condition)));
            } else {
                sketched.add(events);
            }
            for (var cascade : definitions.madeOf(connection, rollup)) {
                stale.note(connection, cascade, sql("({}) as t", events.buckets(condition)));
            }
        }
        if (!sketched.isEmpty()) {
            sketches.merge(
                    connection,
                    sketched,
                    commits.halves().stream().map(Commits::condition).toList());
        }
    }

    /** Makes buckets anew of what they are made of, as far as that is there; others stay as they are. */
    public void remake(Connection connection, Project project, Rollup rollup, Held held, Span span)
            throws SQLException {
        stale.forget(connection, rollup, span);
        var whole = held.whole(span);
        var table = new RollupTable(rollup);
        noteCascades(connection, rollup, whole);
        update(connection, table.delete(whole));
        var origin = origin(project, rollup);
        if (rollup.sketches().isEmpty()) {
            update(connection, table.merge(origin.exact(whole, Share.WHOLE)));
        } else {
            sketches.merge(connection, rollup, origin, whole);
        }
        noteCascades(connection, rollup, whole);
    }

    /** Whether rows of a share of buckets are not what they are made of gives. */
    public boolean haveDrifted(Connection connection, Project project, Rollup rollup, Span span, Share share)
            throws SQLException {
        var origin = origin(project, rollup);
        var differences = new RollupTable(rollup).differences(span, share, origin.exact(span, share));
        return differences(connection, differences) > 0
                || (!rollup.sketches().isEmpty() && sketches.isSpoiled(connection, rollup, origin, span, share));
    }

    private Origin origin(Project project, Rollup rollup) {
        return rollup.cascade().isPresent() ? new CascadeRows(rollup) : events(project, rollup);
    }

    private EventRows events(Project project, Rollup rollup) {
        return EventRows.of(rollup, questions, project);
    }

    private void noteCascades(Connection connection, Rollup rollup, Span span) throws SQLException {
        var table = new RollupTable(rollup);
        var time = SqlFragment.name(RollupTable.TIME);
        for (var cascade : definitions.madeOf(connection, rollup)) {
            stale.note(
                    connection,
                    cascade,
                    sql("(select {} as moment from {} where {}) as t", time, table.name(), span.has(time)));
        }
    }

    private long differences(Connection connection, SqlFragment differences) throws SQLException {
        try (var statement = statements.prepare(connection, differences);
                var rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void update(Connection connection, SqlFragment sql) throws SQLException {
        try (var statement = statements.prepare(connection, sql)) {
            statement.executeUpdate();
        }
    }
}

package dev.tidemark.rollups.upkeep;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.rollups.definition.DefinitionStore;
import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.progress.StaleStore;
import dev.tidemark.rollups.rows.EventRows;
import dev.tidemark.spi.ActiveProjects;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.SqlFragment;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Table {@code _rollup_property}: properties whose values have changed, so that buckets are to be found. */
public record PropertyStore(Questions questions, DefinitionStore definitions, StaleStore stale, ActiveProjects active) {

    private record Changed(String collection, String property) {

        boolean concerns(Rollup rollup) {
            // a condition may name a property by any of its spellings
            return rollup.collection().equals(collection)
                    && (rollup.condition().isPresent() || rollup.columns().contains(property));
        }
    }

    /** Notes a property, where a rollup is made of it. */
    public void note(Connection connection, Project project, String collection, String property) throws SQLException {
        var changed = new Changed(collection, property);
        if (definitions.all(connection).stream().noneMatch(changed::concerns)) {
            return;
        }
        try (var statement = connection.prepareStatement("""
                insert into _rollup_property (collection, property)
                values (?, ?)
                """)) {
            statement.setString(1, collection);
            statement.setString(2, property);
            statement.executeUpdate();
        }
        active.announce(project);
    }

    /** Notes as stale the buckets of rollups that are made of some of the properties; false: there were none. */
    public boolean find(Connection connection, Project project) throws SQLException {
        var changed = take(connection);
        for (var rollup : definitions.all(connection)) {
            if (rollup.cascade().isEmpty() && changed.stream().anyMatch(each -> each.concerns(rollup))) {
                stale.noteAll(connection, rollup);
                var ofEvents = buckets(project, rollup);
                if (ofEvents.isPresent()) {
                    stale.note(connection, rollup, ofEvents.get());
                }
            }
        }
        return !changed.isEmpty();
    }

    /** Those of the events that count for it now; empty: it was made for another type of the property. */
    private Optional<SqlFragment> buckets(Project project, Rollup rollup) {
        try {
            var events = EventRows.of(rollup, questions, project);
            return Optional.of(sql("({}) as t", events.buckets(sql("true"))));
        } catch (CallerException e) {
            return Optional.empty();
        }
    }

    private static Set<Changed> take(Connection connection) throws SQLException {
        try (var statement =
                        connection.prepareStatement("delete from _rollup_property returning collection, property");
                var rows = statement.executeQuery()) {
            Set<Changed> changed = new HashSet<>();
            while (rows.next()) {
                changed.add(new Changed(rows.getString(1), rows.getString(2)));
            }
            return changed;
        }
    }
}

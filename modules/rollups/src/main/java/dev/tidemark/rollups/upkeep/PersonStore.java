package dev.tidemark.rollups.upkeep;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.rollups.definition.DefinitionStore;
import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.progress.StaleStore;
import dev.tidemark.rollups.rows.EventRows;
import dev.tidemark.spi.ActiveProjects;
import dev.tidemark.spi.ArrayParameter;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlFragment.Parameter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Table {@code _rollup_person}: ids that have come to be of other people, whose buckets are to be found. */
public record PersonStore(Questions questions, DefinitionStore definitions, StaleStore stale, ActiveProjects active) {

    /** Ids looked for at a time. */
    private static final int MOST = 1_000;

    /** Notes ids, where a rollup keeps who people are. */
    public void note(Connection connection, Project project, Collection<String> ids) throws SQLException {
        if (definitions.all(connection).stream().noneMatch(Rollup::isOfPersons)) {
            return;
        }
        try (var statement = connection.prepareStatement("""
                insert into _rollup_person (id)
                select unnest(?)
                order by 1
                on conflict do nothing
                """)) {
            ArrayParameter.set(statement, 1, "text", ids);
            statement.executeUpdate();
        }
        active.announce(project);
    }

    /** Notes as stale in which buckets some of the ids occur; false: there were none. */
    public boolean find(Connection connection, Project project) throws SQLException {
        var ids = take(connection);
        if (ids.isEmpty()) {
            return false;
        }
        for (var rollup : definitions.all(connection)) {
            if (rollup.isOfPersons() && rollup.cascade().isEmpty()) {
                var events = EventRows.of(rollup, questions, project);
                stale.note(connection, rollup, sql("({}) as t", events.buckets(of(ids))));
            }
        }
        return true;
    }

    private static SqlFragment of(List<String> ids) {
        var all = SqlFragment.value(new Parameter(ColumnType.TEXT, ids));
        return sql("(_user = any({}) or _anonymous = any({}))", all, all);
    }

    private static List<String> take(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                delete from _rollup_person
                where id in (select id from _rollup_person limit ?)
                returning id
                """)) {
            statement.setInt(1, MOST);
            try (var rows = statement.executeQuery()) {
                List<String> ids = new ArrayList<>();
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
                return ids;
            }
        }
    }
}

package dev.tidemark.rollups;

import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Grouping.TimeUnit;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.Relation.Column;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What stands in table {@code _rollup} of a rollup's definition, and the tables of rollups as a whole. */
final class RollupStore {

    private final Questions questions;

    RollupStore(Questions questions) {
        this.questions = questions;
    }

    /** By name. */
    List<Rollup> all(Connection connection) throws SQLException {
        return rollups(connection, """
                select *
                from _rollup
                order by name
                """);
    }

    /** Those whose turn it is. */
    List<Rollup> due(Connection connection) throws SQLException {
        return rollups(connection, """
                select *
                from _rollup
                where position < (select max(position) from _commit)
                    and (retry_at is null or retry_at <= clock_timestamp())
                order by name
                """);
    }

    /** The ids of the projects that have had a rollup. */
    List<Integer> projects(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select project_id from tidemark.rollup_project");
                var rows = statement.executeQuery()) {
            List<Integer> projects = new ArrayList<>();
            while (rows.next()) {
                projects.add(rows.getInt(1));
            }
            return projects;
        }
    }

    /** Makes a rollup and its table; false: there is one of that name. */
    boolean create(Connection connection, Project project, Rollup rollup, Instant now) throws SQLException {
        if (!insert(connection, rollup, now)) {
            return false;
        }
        var sql = new RollupSql(rollup, questions.sqlRelation(project, List.of(rollup.collection())));
        execute(connection, sql.create());
        if (!rollup.dimensions().isEmpty()) {
            execute(connection, sql.index());
        }
        try (var statement = connection.prepareStatement("""
                insert into tidemark.rollup_project (project_id)
                values (?)
                on conflict do nothing
                """)) {
            statement.setInt(1, project.id());
            statement.executeUpdate();
        }
        return true;
    }

    /** Whether there was one. */
    boolean drop(Connection connection, String name) throws SQLException {
        try (var statement = connection.prepareStatement("""
                delete from _rollup
                where name = ?
                """)) {
            statement.setString(1, name);
            if (statement.executeUpdate() == 0) {
                return false;
            }
        }
        try (var statement = connection.prepareStatement("""
                delete from _rollup_stale
                where rollup = ?
                """)) {
            statement.setString(1, name);
            statement.executeUpdate();
        }
        try (var statement = connection.createStatement()) {
            statement.execute("drop table " + SqlName.quoted(Rollup.table(name)));
        }
        return true;
    }

    private void execute(Connection connection, SqlFragment sql) throws SQLException {
        try (var statement = questions.prepare(connection, sql)) {
            statement.execute();
        }
    }

    private List<Rollup> rollups(Connection connection, String sql) throws SQLException {
        try (var statement = connection.prepareStatement(sql);
                var rows = statement.executeQuery()) {
            List<Rollup> rollups = new ArrayList<>();
            while (rows.next()) {
                rollups.add(rollup(rows));
            }
            return rollups;
        }
    }

    private static boolean insert(Connection connection, Rollup rollup, Instant now) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _rollup (
                    name, collection, dimensions, dimension_labels, dimension_types, bucket_unit, bucket_every,
                    bucket_zone, measures, measured, measured_labels, measured_types, condition, created_at,
                    backfill_to
                )
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, coalesce((select max(position) from _commit), 0))
                on conflict do nothing
                """)) {
            var dimensions = rollup.dimensions();
            var measured = rollup.measures().stream().map(Kept::column).toList();
            statement.setString(1, rollup.name());
            statement.setString(2, rollup.collection());
            setColumns(statement, 3, dimensions);
            statement.setString(6, rollup.bucket().unit().name());
            statement.setInt(7, rollup.bucket().every());
            statement.setString(8, rollup.bucket().zone().getId());
            statement.setArray(
                    9,
                    texts(
                            connection,
                            rollup.measures().stream()
                                    .map(kept -> kept.measure().name())
                                    .toList()));
            setColumns(statement, 10, measured);
            statement.setString(13, rollup.condition().orElse(null));
            statement.setObject(14, now.atOffset(ZoneOffset.UTC));
            return statement.executeUpdate() == 1;
        }
    }

    private static void setColumns(PreparedStatement statement, int place, List<Column> columns) throws SQLException {
        var connection = statement.getConnection();
        statement.setArray(
                place, texts(connection, columns.stream().map(Column::name).toList()));
        statement.setArray(
                place + 1, texts(connection, columns.stream().map(Column::label).toList()));
        statement.setArray(
                place + 2,
                texts(
                        connection,
                        columns.stream().map(column -> column.type().name()).toList()));
    }

    private static Array texts(Connection connection, List<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }

    private Rollup rollup(ResultSet row) throws SQLException {
        var kinds = texts(row, "measures");
        var measured = columns(row, "measured", "measured_labels", "measured_types");
        var condition = Optional.ofNullable(row.getString("condition"));
        return new Rollup(
                row.getString("name"),
                row.getString("collection"),
                columns(row, "dimensions", "dimension_labels", "dimension_types"),
                new Bucket(
                        TimeUnit.valueOf(row.getString("bucket_unit")),
                        row.getInt("bucket_every"),
                        ZoneId.of(row.getString("bucket_zone"))),
                IntStream.range(0, kinds.size())
                        .mapToObj(i -> new Kept(Kept.Kind.valueOf(kinds.get(i)), measured.get(i)))
                        .toList(),
                condition,
                condition.map(text -> Conditions.filter(questions, text)).orElse(Filter.ALL));
    }

    private static List<Column> columns(ResultSet row, String names, String labels, String types) throws SQLException {
        var name = texts(row, names);
        var label = texts(row, labels);
        var type = texts(row, types);
        return IntStream.range(0, name.size())
                .mapToObj(i -> new Column(name.get(i), label.get(i), ColumnType.valueOf(type.get(i))))
                .toList();
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}

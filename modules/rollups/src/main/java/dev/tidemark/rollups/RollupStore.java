package dev.tidemark.rollups;

import dev.tidemark.rollups.RollupState.Audit;
import dev.tidemark.rollups.RollupState.Progress;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Grouping.TimeUnit;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.Relation.Column;
import dev.tidemark.spi.SqlName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Table {@code _rollup}, and the tables of rollups as a whole. */
final class RollupStore {

    private final Questions questions;

    RollupStore(Questions questions) {
        this.questions = questions;
    }

    /** By name. */
    List<Rollup> all(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                        select *
                        from _rollup
                        order by name
                        """);
                var rows = statement.executeQuery()) {
            List<Rollup> rollups = new ArrayList<>();
            while (rows.next()) {
                rollups.add(rollup(rows));
            }
            return rollups;
        }
    }

    /** The names of those that have rolled up all that was there before them, and go on. */
    Set<String> ready(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                        select name
                        from _rollup
                        where position >= backfill_to and last_error is null
                        """);
                var rows = statement.executeQuery()) {
            var names = new HashSet<String>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }

    /** Those whose turn it is. */
    List<Rollup> due(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                        select *
                        from _rollup
                        where position < (select max(position) from _commit)
                            and (retry_at is null or retry_at <= clock_timestamp())
                        order by name
                        """);
                var rows = statement.executeQuery()) {
            List<Rollup> rollups = new ArrayList<>();
            while (rows.next()) {
                rollups.add(rollup(rows));
            }
            return rollups;
        }
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
        try (var create = questions.prepare(connection, sql.create())) {
            create.execute();
        }
        if (!rollup.dimensions().isEmpty()) {
            try (var index = questions.prepare(connection, sql.index())) {
                index.execute();
            }
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
        try (var statement = connection.createStatement()) {
            statement.execute("drop table " + SqlName.quoted("_rollup_" + name));
        }
        return true;
    }

    /** Notes why it could not go on; it is tried again after longer and longer pauses, at most ten seconds. */
    void failed(Connection connection, Rollup rollup, String error) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _rollup
                set
                    attempts = attempts + 1,
                    last_error = ?,
                    retry_at = clock_timestamp() + least(power(2, attempts), 10) * interval '1 s'
                where name = ?
                """)) {
            statement.setString(1, error);
            statement.setString(2, rollup.name());
            statement.executeUpdate();
        }
    }

    /**
     * Whether all rollups of a collection have passed the events before a moment. If so, notes that these may soon be gone;
     * that waits for a rollup that is just being written.
     */
    boolean release(Connection connection, String collection, Instant end) throws SQLException {
        try (var statement = connection.prepareStatement("""
                with behind as (
                    select count(*) as rollups
                    from _rollup
                    where collection = ? and position < (
                        select max(position)
                        from _commit
                        where collection = ? and min_time < ?
                    )
                ), noted as (
                    update _rollup
                    set raw_from = greatest(raw_from, ?)
                    where collection = ? and (select rollups from behind) = 0
                )
                select rollups = 0
                from behind
                """)) {
            var moment = end.atOffset(ZoneOffset.UTC);
            statement.setString(1, collection);
            statement.setString(2, collection);
            statement.setObject(3, moment);
            statement.setObject(4, moment);
            statement.setString(5, collection);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }

    /** Empty: it was dropped. */
    Optional<RollupState> state(Connection connection, Rollup rollup) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select
                    created_at,
                    rolled_at,
                    raw_from,
                    last_error,
                    position,
                    least(position, backfill_to),
                    backfill_to,
                    (
                        select (extract(epoch from clock_timestamp() - committed_at) * 1000)::bigint
                        from _commit
                        where _commit.position > _rollup.position
                        order by _commit.position
                        limit 1
                    ),
                    (select greatest(reltuples, 0)::bigint from pg_class where oid = to_regclass(?)),
                    pg_total_relation_size(to_regclass(?)),
                    audited,
                    audited_at,
                    drifted,
                    drifted_at
                from _rollup
                where name = ?
                """)) {
            var table = SqlName.quoted(rollup.table());
            statement.setString(1, table);
            statement.setString(2, table);
            statement.setString(3, rollup.name());
            try (var row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                var lag = row.getLong(8);
                return Optional.of(new RollupState(
                        instant(row, 1).orElseThrow(),
                        instant(row, 2),
                        instant(row, 3),
                        Optional.ofNullable(row.getString(4)),
                        row.getLong(5),
                        new Progress(row.getLong(6), row.getLong(7)),
                        Duration.ofMillis(Math.max(lag, 0)),
                        row.getLong(9),
                        row.getLong(10),
                        new Audit(row.getLong(11), instant(row, 12), row.getLong(13), instant(row, 14))));
            }
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

    private static Optional<Instant> instant(ResultSet row, int place) throws SQLException {
        return Optional.ofNullable(row.getObject(place, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}

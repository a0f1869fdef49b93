package dev.tidemark.rollups.definition;

import dev.tidemark.spi.ArrayParameter;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Grouping.TimeUnit;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.Relation.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What stands in table {@code _rollup} of the definitions of rollups. */
public record DefinitionStore(Questions questions) {

    /** By name. */
    public List<Rollup> all(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select *
                from _rollup
                order by name
                """)) {
            return rollups(statement);
        }
    }

    /** The rollups that are made of another's rows. */
    public List<Rollup> madeOf(Connection connection, Rollup source) throws SQLException {
        return all(connection).stream()
                .filter(rollup -> rollup.cascade().equals(Optional.of(source.name())))
                .toList();
    }

    /** False: there is one of that name. */
    public boolean add(Connection connection, Rollup rollup, Instant now) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _rollup (
                    name, collection, dimensions, dimension_labels, dimension_types, bucket_unit, bucket_every,
                    bucket_zone, measures, measured, measured_labels, measured_types, condition, created_at,
                    keep_seconds, cascade, backfill_to
                )
                select
                    ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?,
                    coalesce(max(position), 0)
                from _commit
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
            ArrayParameter.set(
                    statement,
                    9,
                    "text",
                    rollup.measures(),
                    kept -> kept.measure().name());
            setColumns(statement, 10, measured);
            statement.setString(13, rollup.condition().orElse(null));
            statement.setObject(14, now.atOffset(ZoneOffset.UTC));
            statement.setObject(15, rollup.keep().map(Duration::toSeconds).orElse(null), Types.BIGINT);
            statement.setString(16, rollup.cascade().orElse(null));
            return statement.executeUpdate() == 1;
        }
    }

    private List<Rollup> rollups(PreparedStatement statement) throws SQLException {
        try (var rows = statement.executeQuery()) {
            List<Rollup> rollups = new ArrayList<>();
            while (rows.next()) {
                rollups.add(rollup(rows));
            }
            return rollups;
        }
    }

    private static void setColumns(PreparedStatement statement, int place, List<Column> columns) throws SQLException {
        ArrayParameter.set(statement, place, "text", columns, Column::name);
        ArrayParameter.set(statement, place + 1, "text", columns, Column::label);
        ArrayParameter.set(
                statement, place + 2, "text", columns, column -> column.type().name());
    }

    /** The rollup of a whole row of the table. */
    public Rollup rollup(ResultSet row) throws SQLException {
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
                condition.map(questions::arguments).map(questions::filter).orElse(Filter.ALL),
                Optional.ofNullable(row.getObject("keep_seconds", Long.class)).map(Duration::ofSeconds),
                Optional.ofNullable(row.getString("cascade")));
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

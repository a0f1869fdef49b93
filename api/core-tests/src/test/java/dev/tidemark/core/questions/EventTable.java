package dev.tidemark.core.questions;

import dev.tidemark.core.postgres.Postgres;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.questions.relations.CollectionColumns;
import dev.tidemark.core.questions.relations.KnownRelations;
import dev.tidemark.core.questions.relations.TableRelation;
import dev.tidemark.core.questions.sql.ValueStore;
import dev.tidemark.spi.Answer;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.EventCollection.Property;
import dev.tidemark.spi.Question;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlFragment.Parameter;
import dev.tidemark.spi.SqlName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A collection's table in schema {@code demo}, filled without the write path. */
final class EventTable implements AutoCloseable {

    private final Postgres postgres;
    private final String name;
    private final Map<String, ColumnType> properties;
    private long lastId;

    EventTable(PostgresAddress address, String name, Map<String, ColumnType> properties) {
        this.postgres = Postgres.connect(address, "test", 4);
        this.name = name;
        this.properties = new LinkedHashMap<>(properties);
        var columns = this.properties.entrySet().stream()
                .map(property -> ", " + SqlName.quoted(property.getKey()) + " "
                        + property.getValue().sql())
                .collect(Collectors.joining());
        execute("create schema if not exists demo");
        execute("drop table if exists demo." + SqlName.quoted(name));
        execute("create table demo." + SqlName.quoted(name)
                + " (_id bigint not null, _time timestamptz not null, _received_at timestamptz not null, _user text,"
                + " _anonymous text, _message_id text, _extra jsonb" + columns
                + ", primary key (_id, _time)) partition by range (_time)");
        execute("create table demo." + SqlName.quoted("_p_" + name) + " partition of demo." + SqlName.quoted(name)
                + " default");
    }

    Database database() {
        return postgres.schema("demo");
    }

    TableRelation relation() {
        return relation(Duration.ofSeconds(30));
    }

    TableRelation relation(Duration timeLimit) {
        var all = properties.entrySet().stream()
                .map(property ->
                        new Property(property.getKey(), property.getKey(), property.getKey(), property.getValue()))
                .toList();
        var columns = CollectionColumns.of(
                new EventCollection(name, name, name, all),
                label -> Optional.of(label.toLowerCase(java.util.Locale.ROOT)).filter(properties::containsKey));
        var table = SqlFragment.sql("{}.{}", SqlFragment.name("demo"), SqlFragment.name(name));
        return new TableRelation(
                name, table, columns, List.of("_id"), List.of(), database(), timeLimit, KnownRelations.ALWAYS);
    }

    Answer ask(Question question) {
        return relation().answer(question);
    }

    /** These rows instead of all others. */
    void fill(List<Row> rows) {
        execute("delete from demo." + SqlName.quoted(name));
        add(rows);
    }

    /** One event for each row; ids go up. A row has a time, a user, an anonymous id and the properties' values. */
    void add(List<Row> rows) {
        database().transaction(connection -> {
            var places = ", ?".repeat(properties.size());
            try (var insert = connection.prepareStatement(
                    "insert into " + SqlName.quoted(name) + " values (?, ?, ?, ?, ?, null, null" + places + ")")) {
                for (var row : rows) {
                    var values = new ArrayList<@Nullable Object>();
                    values.add(++lastId);
                    values.add(row.time());
                    values.add(row.time().plusSeconds(1));
                    values.add(row.user());
                    values.add(row.anonymous());
                    properties
                            .keySet()
                            .forEach(property -> values.add(row.values().get(property)));
                    var types = new ArrayList<>(List.of(
                            ColumnType.LONG,
                            ColumnType.TIMESTAMP,
                            ColumnType.TIMESTAMP,
                            ColumnType.TEXT,
                            ColumnType.TEXT));
                    types.addAll(properties.values());
                    for (int i = 0; i < values.size(); i++) {
                        if (values.get(i) == null) {
                            insert.setObject(i + 1, null);
                        } else {
                            ValueStore.bind(insert, i + 1, new Parameter(types.get(i), values.get(i)));
                        }
                    }
                    insert.addBatch();
                }
                return insert.executeBatch();
            }
        });
    }

    void execute(String sql) {
        postgres.server().transaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    @Override
    public void close() {
        postgres.close();
    }

    record Row(
            Instant time, @Nullable String user, @Nullable String anonymous, Map<String, @Nullable Object> values) {

        static Row of(Instant time, @Nullable String user, Map<String, @Nullable Object> values) {
            return new Row(time, user, null, values);
        }
    }
}

package dev.tidemark.core.events.life;

import dev.tidemark.core.catalog.changes.ChangeStore;
import dev.tidemark.core.catalog.partitions.Period;
import dev.tidemark.core.events.life.Erasure.Erased;
import dev.tidemark.core.events.life.Erasure.Kind;
import dev.tidemark.core.events.life.Erasure.Open;
import dev.tidemark.core.events.life.Erasure.Records;
import dev.tidemark.core.events.life.Erasure.Subject;
import dev.tidemark.core.events.life.TotalStore.Deleted;
import dev.tidemark.spi.ArrayParameter;
import dev.tidemark.spi.SqlName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Tables {@code _erasure} and {@code _erased}, and the deletion of a person's events and dead letters. */
final class ErasureStore {

    private final ChangeStore changes = new ChangeStore();

    /** Its id. */
    long request(Connection connection, Subject subject, Instant now) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _erasure (kind, ids, requested_at)
                values (?, ?, ?)
                returning id
                """)) {
            statement.setString(1, subject.kind().name());
            ArrayParameter.set(statement, 2, "text", subject.ids());
            statement.setObject(3, now.atOffset(ZoneOffset.UTC));
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** The latest first. */
    List<Erasure> latest(Connection connection, int limit) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select
                    id,
                    requested_at,
                    finished_at,
                    dead_letters,
                    array(select collection from _erased where erasure_id = id order by collection) as collections,
                    array(select events from _erased where erasure_id = id order by collection) as events,
                    array(select kind from _erased_records where erasure_id = id order by kind) as kinds,
                    array(select records from _erased_records where erasure_id = id order by kind) as records
                from _erasure
                order by id desc
                limit ?
                """)) {
            statement.setInt(1, limit);
            List<Erasure> erasures = new ArrayList<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    erasures.add(erasure(rows));
                }
            }
            return erasures;
        }
    }

    boolean areOpen(Connection connection) throws SQLException {
        try (var statement =
                        connection.prepareStatement("select exists (select from _erasure where finished_at is null)");
                var rows = statement.executeQuery()) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    /** The first after the given one that is not finished; only that, as each may have many ids. */
    Optional<Open> open(Connection connection, long after) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select id, kind, ids
                from _erasure
                where finished_at is null and id > ?
                order by id
                limit 1
                """)) {
            statement.setLong(1, after);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(new Open(rows.getLong("id"), subject(rows))) : Optional.empty();
            }
        }
    }

    /** Deletes some of the person's events from a partition; empty: there are none left. */
    Optional<Piece> delete(Connection connection, Open erasure, String collection, Period partition, int limit)
            throws SQLException {
        var subject = erasure.subject();
        var table = SqlName.quoted(partition.name());
        try (var statement = connection.prepareStatement("""
                with deleted as (
                    delete from %1$s as event
                    using (
                        select _id, _time
                        from %1$s, (select ?::text[] as ids) as whose
                        where %2$s
                        limit ?
                    ) as doomed
                    where event._id = doomed._id and event._time = doomed._time
                    returning event._id, event._time
                )
                select count(*), min(_time), max(_time), array_agg(_id), array_agg(distinct _time)
                from deleted
                """.formatted(table, condition(subject.kind())))) {
            ArrayParameter.set(statement, 1, "text", subject.ids());
            statement.setInt(2, limit);
            try (var rows = statement.executeQuery()) {
                rows.next();
                if (rows.getLong(1) == 0) {
                    return Optional.empty();
                }
                forgetSamples(connection, rows.getArray(4));
                changes.forgetSamples(connection, rows.getArray(4));
                note(connection, erasure.id(), collection, rows.getLong(1));
                var deleted = new Deleted(
                        rows.getLong(1),
                        rows.getObject(2, OffsetDateTime.class),
                        rows.getObject(3, OffsetDateTime.class));
                return Optional.of(new Piece(deleted, times(rows.getArray(5))));
            }
        }
    }

    /**
     * Dead letters with greater ids than the given one.
     *
     * @param bytes no more after so many: each may have some megabytes
     */
    List<Letter> letters(Connection connection, long after, int limit, long bytes) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select id, raw
                from (
                    select *, sum(octet_length(raw)) over (order by id) - octet_length(raw) as before
                    from (
                        select id, raw
                        from _dead_letter
                        where id > ?
                        order by id
                        limit ?
                    ) as following
                ) as summed
                where before < ?
                order by id
                """)) {
            statement.setLong(1, after);
            statement.setInt(2, limit);
            statement.setLong(3, bytes);
            List<Letter> letters = new ArrayList<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    letters.add(new Letter(rows.getLong(1), rows.getString(2)));
                }
            }
            return letters;
        }
    }

    void deleteLetters(Connection connection, long erasure, List<Letter> letters) throws SQLException {
        try (var statement = connection.prepareStatement("""
                with deleted as (
                    delete from _dead_letter
                    where id = any (?)
                    returning id
                )
                update _erasure
                set dead_letters = dead_letters + (select count(*) from deleted)
                where id = ?
                """)) {
            ArrayParameter.set(statement, 1, "bigint", letters, Letter::id);
            statement.setLong(2, erasure);
            statement.executeUpdate();
        }
    }

    /** @param records how many were deleted of each kind, in addition to those before */
    void noteRecords(Connection connection, long erasure, Map<String, Long> records) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _erased_records as erased (erasure_id, kind, records)
                values (?, ?, ?)
                on conflict (erasure_id, kind) do update
                set records = erased.records + excluded.records
                """)) {
            for (var kind : records.entrySet()) {
                statement.setLong(1, erasure);
                statement.setString(2, kind.getKey());
                statement.setLong(3, kind.getValue());
                statement.executeUpdate();
            }
        }
    }

    /** Who follows events waits until the transaction ends, and then reads them anew. */
    void holdFollowers(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("update _position set erasures = erasures + 1")) {
            statement.executeUpdate();
        }
    }

    void finish(Connection connection, long erasure, Instant now) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _erasure
                set finished_at = ?, ids = null
                where id = ?
                """)) {
            statement.setObject(1, now.atOffset(ZoneOffset.UTC));
            statement.setLong(2, erasure);
            statement.executeUpdate();
        }
    }

    /** A warning shows the value of one event. */
    private static void forgetSamples(Connection connection, Array events) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _warning
                set sample = ''
                where event_id = any (?)
                """)) {
            statement.setArray(1, events);
            statement.executeUpdate();
        }
    }

    private static void note(Connection connection, long erasure, String collection, long events) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _erased as erased (erasure_id, collection, events)
                values (?, ?, ?)
                on conflict (erasure_id, collection) do update
                set events = erased.events + excluded.events
                """)) {
            statement.setLong(1, erasure);
            statement.setString(2, collection);
            statement.setLong(3, events);
            statement.executeUpdate();
        }
    }

    private static Erasure erasure(ResultSet row) throws SQLException {
        return new Erasure(
                row.getLong("id"),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("finished_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                row.getLong("dead_letters"),
                counted(row, "collections", "events", Erased::new),
                counted(row, "kinds", "records", Records::new));
    }

    /** Which events are theirs. */
    private static String condition(Kind kind) {
        return switch (kind) {
            case USER -> "_user = any (whose.ids)";
            case ANONYMOUS -> "_anonymous = any (whose.ids)";
            case PERSON -> "_user = any (whose.ids) or (_user is null and _anonymous = any (whose.ids))";
        };
    }

    private static Subject subject(ResultSet row) throws SQLException {
        var ids = (String[]) row.getArray("ids").getArray();
        return new Subject(Kind.valueOf(row.getString("kind")), List.of(ids));
    }

    /** What stands in two columns, which are lists of the same length. */
    private static <T> List<T> counted(ResultSet row, String names, String counts, BiFunction<String, Long, T> form)
            throws SQLException {
        var name = (String[]) row.getArray(names).getArray();
        var count = (Long[]) row.getArray(counts).getArray();
        List<T> counted = new ArrayList<>();
        for (int i = 0; i < name.length; i++) {
            counted.add(form.apply(name[i], count[i]));
        }
        return counted;
    }

    private static List<Instant> times(Array times) throws SQLException {
        return Arrays.stream((Timestamp[]) times.getArray())
                .map(Timestamp::toInstant)
                .toList();
    }

    /** @param times of the deleted events */
    record Piece(Deleted deleted, List<Instant> times) {}

    record Letter(long id, String raw) {}
}

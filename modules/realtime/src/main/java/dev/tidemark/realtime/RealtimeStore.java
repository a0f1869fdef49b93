package dev.tidemark.realtime;

import static dev.tidemark.spi.SqlFragment.joined;
import static dev.tidemark.spi.SqlFragment.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Snapshot;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlRelation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Table {@code _realtime_report}, and what was committed of late. */
final class RealtimeStore {

    static final String PERSON = "person";
    static final String TIME = "time";

    static final int MOST_REPORTS = 100;
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** By name. */
    List<Report> reports(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select *
                from _realtime_report
                order by name
                """)) {
            return reports(statement);
        }
    }

    Optional<Report> report(Connection connection, String name) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select *
                from _realtime_report
                where name = ?
                """)) {
            statement.setString(1, name);
            return reports(statement).stream().findFirst();
        }
    }

    /** @throws CallerException when the name is taken, or there are too many */
    void create(Connection connection, Report report) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _realtime_report (name, question, window_seconds, slide_seconds, created_at)
                select ?, ?::json, ?, ?, ?
                where (select count(*) from _realtime_report) < ?
                on conflict do nothing
                """)) {
            statement.setString(1, report.name());
            statement.setString(2, text(report.question()));
            statement.setLong(3, report.window().toSeconds());
            statement.setLong(4, report.slide().toSeconds());
            statement.setObject(5, report.createdAt().atOffset(ZoneOffset.UTC));
            statement.setInt(6, MOST_REPORTS);
            if (statement.executeUpdate() == 0) {
                throw report(connection, report.name()).isPresent()
                        ? new CallerException(
                                ErrorCode.CONFLICT,
                                "There is a report \"" + report.name() + "\" already: choose another name.",
                                "name")
                        : new CallerException(
                                ErrorCode.CONFLICT,
                                "A project has at most " + MOST_REPORTS + " reports: delete one first.");
            }
        }
    }

    /** Whether there was one. */
    boolean delete(Connection connection, String name) throws SQLException {
        try (var statement = connection.prepareStatement("""
                delete from _realtime_report
                where name = ?
                """)) {
            statement.setString(1, name);
            return statement.executeUpdate() == 1;
        }
    }

    /** The tables of the collections of which something was committed since a moment. */
    List<String> busy(Snapshot snapshot, Instant since) {
        return snapshot.rows(sql("select distinct collection from _commit where {}", committedSince(since))).stream()
                .map(row -> String.valueOf(row.getFirst()))
                .toList();
    }

    /** How many events were stored in each second from one moment to another, by the tables of their collections. */
    Map<String, List<Long>> stored(Snapshot snapshot, Instant from, Instant to) {
        var rows = snapshot.rows(sql("""
                select collection, date_trunc('second', committed_at), sum(events)
                from _commit
                where {} and committed_at < {}
                group by 1, 2
                """, committedSince(from), moment(to)));
        Map<String, List<Long>> stored = new LinkedHashMap<>();
        var seconds = Math.toIntExact(Duration.between(from, to).toSeconds());
        for (var row : rows) {
            var second = Duration.between(from, (Instant) Objects.requireNonNull(row.get(1)))
                    .toSeconds();
            stored.computeIfAbsent(
                            String.valueOf(row.getFirst()), name -> new ArrayList<>(Collections.nCopies(seconds, 0L)))
                    .set((int) second, ((Number) Objects.requireNonNull(row.get(2))).longValue());
        }
        return stored;
    }

    /** By position, of which there is an index. */
    private static SqlFragment committedSince(Instant moment) {
        return sql("""
                position > coalesce((
                    select max(position)
                    from _commit
                    where committed_at < {}
                ), 0)""", moment(moment));
    }

    private static SqlFragment moment(Instant moment) {
        return SqlFragment.value(new SqlFragment.Parameter(ColumnType.TIMESTAMP, moment));
    }

    /** The people behind the events of all these collections that pass, and when. */
    SqlFragment people(List<SqlRelation> collections, Filter filter) {
        return sql(
                "({}) as seen",
                joined(
                        "\nunion all\n",
                        collections.stream()
                                .map(events -> sql(
                                        "select {} as person, {} as time from {} where {}",
                                        events.named(EventCollection.PERSON).expression(),
                                        events.named(EventCollection.TIME).expression(),
                                        events.table(),
                                        events.condition(filter)))
                                .toList()));
    }

    private static List<Report> reports(PreparedStatement statement) throws SQLException {
        List<Report> reports = new ArrayList<>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                reports.add(report(rows));
            }
        }
        return reports;
    }

    private static Report report(ResultSet row) throws SQLException {
        return new Report(
                row.getString("name"),
                question(row.getString("question")),
                Duration.ofSeconds(row.getInt("window_seconds")),
                Duration.ofSeconds(row.getInt("slide_seconds")),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static String text(Map<String, @Nullable Object> question) {
        try {
            return JSON.writeValueAsString(question);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What GraphQL took is JSON.", e);
        }
    }

    private static Map<String, @Nullable Object> question(String text) {
        try {
            return new LinkedHashMap<String, @Nullable Object>(
                    JSON.readValue(text, new TypeReference<Map<String, Object>>() {}));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A question was stored as JSON.", e);
        }
    }
}

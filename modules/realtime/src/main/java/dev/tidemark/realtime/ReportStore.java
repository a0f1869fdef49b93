package dev.tidemark.realtime;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Questions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Table {@code _realtime_report}. */
final class ReportStore {

    /** Of a project. */
    static final int MOST = 100;

    private final Questions questions;

    ReportStore(Questions questions) {
        this.questions = questions;
    }

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
            statement.setString(2, questions.text(report.question()));
            statement.setLong(3, report.window().toSeconds());
            statement.setLong(4, report.slide().toSeconds());
            statement.setObject(5, report.createdAt().atOffset(ZoneOffset.UTC));
            statement.setInt(6, MOST);
            if (statement.executeUpdate() == 0) {
                throw report(connection, report.name()).isPresent()
                        ? new CallerException(
                                ErrorCode.CONFLICT,
                                "There is a report \"" + report.name() + "\" already: choose another name.",
                                "name")
                        : new CallerException(
                                ErrorCode.CONFLICT, "A project has at most " + MOST + " reports: delete one first.");
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

    private List<Report> reports(PreparedStatement statement) throws SQLException {
        List<Report> reports = new ArrayList<>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                reports.add(report(rows));
            }
        }
        return reports;
    }

    private Report report(ResultSet row) throws SQLException {
        return new Report(
                row.getString("name"),
                questions.arguments(row.getString("question")),
                Duration.ofSeconds(row.getInt("window_seconds")),
                Duration.ofSeconds(row.getInt("slide_seconds")),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}

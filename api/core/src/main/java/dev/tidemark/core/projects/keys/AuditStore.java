package dev.tidemark.core.projects.keys;

import dev.tidemark.core.projects.keys.AuditEntry.Wanted;
import dev.tidemark.spi.AuditLog;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.GlobalId;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Table {@code tidemark.audit_entry}; a trigger refuses all but adding to it. */
public final class AuditStore implements AuditLog {

    @Override
    public void note(Connection transaction, Caller caller, String act, String subject) throws SQLException {
        note(transaction, caller, caller.selected(), act, subject);
    }

    /** The same of a project that the caller need not stand in; empty: of the server. */
    public void note(Connection transaction, Caller caller, Optional<Project> project, String act, String subject)
            throws SQLException {
        try (var statement = transaction.prepareStatement("""
                insert into tidemark.audit_entry (project_id, project, key, act, subject)
                values (?, ?, ?, ?, ?)
                """)) {
            if (project.isPresent()) {
                statement.setInt(1, project.get().id());
            } else {
                statement.setNull(1, Types.INTEGER);
            }
            statement.setString(2, project.map(Project::slug).orElse(null));
            statement.setString(3, key(caller));
            statement.setString(4, act);
            statement.setString(5, subject);
            statement.executeUpdate();
        }
    }

    public List<AuditEntry> page(Connection connection, Wanted wanted) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select id, at, project, key, act, subject
                from tidemark.audit_entry
                where id < ? %s %s
                order by id desc
                limit ?
                """.formatted(
                        wanted.project().isPresent() ? "and project_id = ?" : "",
                        wanted.act().isPresent() ? "and act = ?" : ""))) {
            int place = 0;
            statement.setLong(++place, wanted.before());
            if (wanted.project().isPresent()) {
                statement.setInt(++place, wanted.project().get().id());
            }
            if (wanted.act().isPresent()) {
                statement.setString(++place, wanted.act().get());
            }
            statement.setInt(++place, wanted.limit());
            return entries(statement);
        }
    }

    private static List<AuditEntry> entries(PreparedStatement statement) throws SQLException {
        List<AuditEntry> entries = new ArrayList<>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                entries.add(new AuditEntry(
                        rows.getLong("id"),
                        rows.getObject("at", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(rows.getString("project")),
                        rows.getString("key"),
                        rows.getString("act"),
                        rows.getString("subject")));
            }
        }
        return entries;
    }

    /** An administrator's key belongs to no project, whichever it names. */
    private static String key(Caller caller) {
        int project = caller.may(Scope.ADMIN) ? 0 : caller.project().id();
        return new GlobalId(ApiKey.TYPE, project, caller.key()).text();
    }
}

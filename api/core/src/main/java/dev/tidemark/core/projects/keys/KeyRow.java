package dev.tidemark.core.projects.keys;

import dev.tidemark.spi.KeyLimits;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads rows of {@code api_key}, joined with the slug of their project. */
final class KeyRow {

    private KeyRow() {}

    static ApiKey key(ResultSet row) throws SQLException {
        return new ApiKey(
                row.getLong("id"),
                project(row),
                row.getString("name"),
                row.getString("prefix"),
                scopes(row),
                row.getBoolean("root"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "expires_at"),
                new KeyLimits(number(row, "events_per_second"), number(row, "events_per_day")),
                instant(row, "last_used_at"));
    }

    private static Optional<Project> project(ResultSet row) throws SQLException {
        var slug = row.getString("slug");
        return slug == null ? Optional.empty() : Optional.of(new Project(row.getInt("project_id"), slug));
    }

    private static Set<Scope> scopes(ResultSet row) throws SQLException {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        Arrays.stream((String[]) row.getArray("scopes").getArray())
                .map(Scope::valueOf)
                .forEach(scopes::add);
        return scopes;
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
        var number = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}

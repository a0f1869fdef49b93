package dev.tidemark.core.jobs;

import dev.tidemark.spi.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Table {@code tidemark.job}: the schedule, by the database's clock. */
final class JobStore {

    private final Database database;

    JobStore(Database database) {
        this.database = database;
    }

    /** How long to wait until the job's next run; a job that is new is due at once. */
    Duration untilDue(String name, Duration every) {
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    insert into tidemark.job as job (name, every, next_run)
                    values (?, ? * interval '1 ms', now())
                    on conflict (name) do update
                    set every = excluded.every, next_run = least(job.next_run, now() + excluded.every)
                    returning (extract(epoch from next_run - now()) * 1000)::bigint
                    """)) {
                statement.setString(1, name);
                statement.setLong(2, every.toMillis());
                try (var rows = statement.executeQuery()) {
                    rows.next();
                    return Duration.ofMillis(Math.max(0, rows.getLong(1)));
                }
            }
        });
    }

    void started(String name) {
        database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    update tidemark.job
                    set last_run = now(), last_duration = null, next_run = now() + every
                    where name = ?
                    """)) {
                statement.setString(1, name);
                return statement.executeUpdate();
            }
        });
    }

    void finished(String name, Optional<String> error) {
        database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    update tidemark.job
                    set last_duration = now() - last_run, last_error = ?
                    where name = ?
                    """)) {
                statement.setString(1, error.orElse(null));
                statement.setString(2, name);
                return statement.executeUpdate();
            }
        });
    }

    List<JobState> all() {
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                            select name, every, next_run, last_run, last_error,
                                (extract(epoch from every) * 1000)::bigint as every_millis,
                                (extract(epoch from last_duration) * 1000)::bigint as duration_millis
                            from tidemark.job
                            order by name
                            """);
                    var rows = statement.executeQuery()) {
                List<JobState> jobs = new ArrayList<>();
                while (rows.next()) {
                    jobs.add(state(rows));
                }
                return jobs;
            }
        });
    }

    private static JobState state(ResultSet row) throws SQLException {
        var lastRun = Optional.ofNullable(row.getObject("last_run", OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
        var duration = row.getObject("duration_millis") == null
                ? Optional.<Duration>empty()
                : Optional.of(Duration.ofMillis(row.getLong("duration_millis")));
        return new JobState(
                row.getString("name"),
                Duration.ofMillis(row.getLong("every_millis")),
                row.getObject("next_run", OffsetDateTime.class).toInstant(),
                lastRun,
                duration,
                Optional.ofNullable(row.<@Nullable String>getObject("last_error", String.class)));
    }

    /** A job's schedule and what its last run came to. */
    record JobState(
            String name,
            Duration every,
            Instant nextRun,
            Optional<Instant> lastRun,
            Optional<Duration> lastDuration,
            Optional<String> lastError) {}
}

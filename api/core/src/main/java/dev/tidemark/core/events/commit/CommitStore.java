package dev.tidemark.core.events.commit;

import dev.tidemark.core.catalog.snapshot.CatalogStore;
import dev.tidemark.core.postgres.LockClass;
import dev.tidemark.spi.ArrayParameter;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;

/** Table {@code _commit}, and how an ingest transaction begins and ends. */
final class CommitStore {

    /**
     * What is acknowledged is on disk whatever the database's default; and a node that freezes inside a transaction, with
     * the commit lock in its hand, holds up the others for seconds only.
     */
    void begin(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select
                    set_config('idle_in_transaction_session_timeout', '15s', true),
                    case current_setting('synchronous_commit')
                        when 'off' then set_config('synchronous_commit', 'on', true)
                    end
                """)) {
            statement.execute();
        }
    }

    /**
     * Three statements, sent together: the second one's snapshot is taken when the first one has the lock.
     *
     * @return the version of the project's catalogue; nothing when the project is deleted
     */
    OptionalLong append(Connection connection, Project project, List<CommitRange> ranges) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select pg_advisory_xact_lock(?, ?);
                insert into _commit (
                    position, collection, first_id, last_id, events, min_time, max_time, committed_at
                )
                select
                    coalesce((select max(position) from _commit), 0) + range.number,
                    range.collection,
                    range.first_id,
                    range.last_id,
                    range.events,
                    range.min_time,
                    range.max_time,
                    clock_timestamp()
                from unnest(?, ?, ?, ?, ?, ?)
                    with ordinality
                    as range(collection, first_id, last_id, events, min_time, max_time, number);
                """ + CatalogStore.VERSION)) {
            statement.setInt(1, LockClass.COMMIT.number());
            statement.setInt(2, project.id());
            ArrayParameter.set(statement, 3, "text", ranges, CommitRange::collection);
            ArrayParameter.set(statement, 4, "bigint", ranges, CommitRange::firstId);
            ArrayParameter.set(statement, 5, "bigint", ranges, CommitRange::lastId);
            ArrayParameter.set(statement, 6, "int", ranges, CommitRange::events);
            ArrayParameter.set(
                    statement,
                    7,
                    "timestamptz",
                    ranges,
                    range -> range.minTime().toString());
            ArrayParameter.set(
                    statement,
                    8,
                    "timestamptz",
                    ranges,
                    range -> range.maxTime().toString());
            statement.setInt(9, project.id());
            statement.execute();
            statement.getMoreResults();
            statement.getMoreResults();
            try (var rows = statement.getResultSet()) {
                return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
            }
        }
    }
}

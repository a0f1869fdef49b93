package dev.tidemark.rollups.rolling;

import dev.tidemark.rollups.definition.DefinitionStore;
import dev.tidemark.rollups.definition.Rollup;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Tells which rollups have something to do. */
public record DueStore(DefinitionStore definitions) {

    /** Those that follow commits, and whose turn it is. A commit that by the clock is still to come keeps nobody waiting. */
    public List<Due> due(Connection connection, Patience patience) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select _rollup.*, last.position as until
                from _rollup
                cross join (
                    select position, committed_at
                    from _commit
                    order by position desc
                    limit 1
                ) as last
                where cascade is null
                    and _rollup.position < last.position
                    and (retry_at is null or retry_at <= clock_timestamp())
                    and not (
                        last.committed_at between clock_timestamp() - ? * interval '1 ms' and clock_timestamp()
                        and (
                            select committed_at
                            from _commit
                            where _commit.position > _rollup.position
                            order by _commit.position
                            limit 1
                        ) between clock_timestamp() - ? * interval '1 ms' and clock_timestamp()
                        and (
                            select sum(events)
                            from _commit
                            where _commit.position > _rollup.position
                        ) < ?
                    )
                order by name
                """)) {
            statement.setLong(1, patience.pause().toMillis());
            statement.setLong(2, patience.age().toMillis());
            statement.setLong(3, patience.events());
            try (var rows = statement.executeQuery()) {
                return due(rows, false);
            }
        }
    }

    /** What the rollup of that name has to do, whether it is its turn or not; empty: nothing, or it is gone. */
    public Optional<Due> behind(Connection connection, String rollup) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select _rollup.*, last.position as until
                from _rollup
                cross join (
                    select max(position) as position
                    from _commit
                ) as last
                where name = ? and _rollup.position < last.position
                """)) {
            statement.setString(1, rollup);
            try (var rows = statement.executeQuery()) {
                return due(rows, true).stream().findFirst();
            }
        }
    }

    private List<Due> due(ResultSet rows, boolean isAwaited) throws SQLException {
        var together = new LinkedHashMap<Standing, List<Rollup>>();
        while (rows.next()) {
            var rollup = definitions.rollup(rows);
            var standing = new Standing(rollup.collection(), rows.getLong("position"), rows.getLong("until"));
            together.computeIfAbsent(standing, one -> new ArrayList<>()).add(rollup);
        }
        return together.entrySet().stream()
                .map(entry -> new Due(entry.getValue(), entry.getKey().until(), isAwaited))
                .toList();
    }

    private record Standing(String collection, long position, long until) {}
}

package dev.tidemark.core.questions.relations;

import dev.tidemark.spi.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much each collection holds: what was counted of it, and the commits since. */
public final class CollectionStore {

    private static final String TOTALS = """
            select collection, sum(events) as events, min(first_time) as first, max(last_time) as last
            from (
                select collection, events, first_time, last_time
                from _total
                union all
                select collection, events, min_time, max_time
                from _commit
                where position > (select position from _counted)
            ) counted
            where collection = any(?)
            group by collection
            """;

    private CollectionStore() {}

    public record Totals(
            long events, @Nullable Instant first, @Nullable Instant last) {}

    /** @param collections by the names of their tables */
    public static Map<String, Totals> totals(Database database, Collection<String> collections) {
        return database.transaction(connection -> {
            var totals = new HashMap<String, Totals>();
            collections.forEach(collection -> totals.put(collection, new Totals(0, null, null)));
            try (var statement = connection.prepareStatement(TOTALS)) {
                statement.setArray(1, connection.createArrayOf("text", collections.toArray()));
                try (var results = statement.executeQuery()) {
                    while (results.next()) {
                        totals.put(results.getString("collection"), read(results));
                    }
                }
            }
            return totals;
        });
    }

    private static Totals read(ResultSet results) throws SQLException {
        return new Totals(results.getLong("events"), time(results, "first"), time(results, "last"));
    }

    private static @Nullable Instant time(ResultSet results, String column) throws SQLException {
        var time = results.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}

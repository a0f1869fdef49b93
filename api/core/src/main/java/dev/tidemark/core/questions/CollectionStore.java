package dev.tidemark.core.questions;

import dev.tidemark.spi.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much each collection holds, from the commits: far fewer rows than events. */
final class CollectionStore {

    private static final String TOTALS = """
            select collection, sum(events) as events, min(min_time) as first, max(max_time) as last
            from _commit
            where collection = any(?)
            group by collection
            """;

    private CollectionStore() {}

    record Totals(
            long events, @Nullable Instant first, @Nullable Instant last) {}

    /** @param collections by the names of their tables */
    static Map<String, Totals> totals(Database database, Collection<String> collections) {
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
        return new Totals(
                results.getLong("events"),
                results.getObject("first", OffsetDateTime.class).toInstant(),
                results.getObject("last", OffsetDateTime.class).toInstant());
    }
}

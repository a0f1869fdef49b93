package dev.tidemark.rollups.rows;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.rollups.definition.Moments;
import dev.tidemark.spi.SqlFragment;
import java.time.Instant;
import java.util.List;

/**
 * Some commits of one collection, and how their events are found.
 *
 * @param ids their ranges of ids, as a multirange of PostgreSQL; searched by halves
 * @param firstId the least id, so that an index can be used
 */
public record Commits(String ids, long firstId, long lastId, Instant firstTime, Instant lastTime) {

    private static final long FEW = 10_000;

    /**
     * Those of a collection that a condition on {@code _commit} holds for: one row with {@code ids}, {@code first_id}, {@code
     * last_id}, {@code first_time} and {@code last_time}, which are null when there are none.
     */
    public static SqlFragment select(String collection, SqlFragment condition) {
        return sql("""
                select
                    range_agg(int8range(first_id, last_id, '[]'))::text as ids,
                    min(first_id) as first_id,
                    max(last_id) as last_id,
                    min(min_time) as first_time,
                    max(max_time) as last_time
                from _commit
                where collection = {} and {}\
                """, SqlFragment.text(collection), condition);
    }

    /** The same, of halves of their ids, which can be read at the same time; few are left together. */
    public List<Commits> halves() {
        if (lastId - firstId < FEW) {
            return List.of(this);
        }
        long middle = firstId + (lastId - firstId) / 2;
        return List.of(
                new Commits(ids, firstId, middle, firstTime, lastTime),
                new Commits(ids, middle + 1, lastId, firstTime, lastTime));
    }

    /** Whether an event is of one of them. The ranges are read in a query of their own: else they would be for each event. */
    public SqlFragment condition() {
        var bounds = sql(
                "_id between {} and {} and _time between {} and {}",
                SqlFragment.number(firstId),
                SqlFragment.number(lastId),
                Moments.sql(firstTime),
                Moments.sql(lastTime));
        return isOneRange() ? bounds : sql("{} and _id <@ (select {}::int8multirange)", bounds, SqlFragment.text(ids));
    }

    private boolean isOneRange() {
        return ids.indexOf('[') == ids.lastIndexOf('[');
    }
}

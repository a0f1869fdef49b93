package dev.tidemark.rollups.rows;

import static dev.tidemark.spi.SqlFragment.joined;
import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.SqlFragment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads events once for several rollups of their collection. */
final class EventReading {

    /** Groups in memory, about. */
    private static final long MOST_BYTES = 48 << 20;

    private final List<EventRows> rollups;
    private final List<EventPlaces> places;
    private final SqlFragment columns;
    private final List<ColumnType> types;
    private final int fetched;

    EventReading(List<EventRows> rollups) {
        var taken = new EventColumns();
        var isAnyFiltered = rollups.size() > 1 && rollups.stream().anyMatch(EventRows::isFiltered);
        this.rollups = List.copyOf(rollups);
        this.places =
                rollups.stream().map(rows -> rows.places(taken, isAnyFiltered)).toList();
        this.columns = taken.sql();
        this.types = taken.types();
        this.fetched = Fetch.rows(taken.width());
    }

    /** The events for which a condition holds, and that count for any of the rollups. */
    SqlFragment select(SqlFragment condition) {
        var counting = rollups.stream().map(EventRows::counts).toList();
        return sql(
                "select {} from {} where {} and ({})",
                columns,
                rollups.getFirst().table(),
                condition,
                joined(" or ", counting));
    }

    /** So many events of a cursor may be in memory at a time. */
    int fetched() {
        return fetched;
    }

    /** The next events of a cursor; empty: there are no more. */
    Optional<EventBatch> read(ResultSet events, int most) throws SQLException {
        return EventBatch.read(events, types, most);
    }

    /** What the next events, as many as fit into memory, add to each of the rollups; nothing to any: there are no more events. */
    List<RollupDrafts> next(ReadAhead<EventBatch> events) throws SQLException {
        var groups = IntStream.range(0, places.size())
                .mapToObj(i -> new EventGroups(rollups.get(i).rollup(), places.get(i)))
                .toList();
        Optional<EventBatch> some;
        do {
            some = events.take();
            some.ifPresent(batch -> groups.forEach(group -> group.add(batch)));
        } while (some.isPresent()
                && groups.stream().mapToLong(EventGroups::bytes).sum() < MOST_BYTES);
        return groups.stream()
                .map(group -> new RollupDrafts(group.rollup(), group.drafts()))
                .toList();
    }
}

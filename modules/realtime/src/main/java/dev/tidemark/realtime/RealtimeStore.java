package dev.tidemark.realtime;

import static dev.tidemark.spi.SqlFragment.joined;
import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Snapshot;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlRelation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What was committed of late, and by whom. */
final class RealtimeStore {

    static final String PERSON = "person";
    static final String TIME = "time";

    /** The tables of the collections of which something was committed since a moment. */
    List<String> busy(Snapshot snapshot, Instant since) {
        return snapshot.rows(sql("select distinct collection from _commit where {}", committedSince(since))).stream()
                .map(row -> String.valueOf(row.getFirst()))
                .toList();
    }

    /** How many events were stored in each second from one moment to another, by the tables of their collections. */
    Map<String, List<Long>> stored(Snapshot snapshot, Instant from, Instant to) {
        var rows = snapshot.rows(sql("""
                select collection, date_trunc('second', committed_at), sum(events)
                from _commit
                where {} and committed_at < {}
                group by 1, 2
                """, committedSince(from), moment(to)));
        Map<String, List<Long>> stored = new LinkedHashMap<>();
        var seconds = Math.toIntExact(Duration.between(from, to).toSeconds());
        for (var row : rows) {
            var second = Duration.between(from, (Instant) Objects.requireNonNull(row.get(1)))
                    .toSeconds();
            stored.computeIfAbsent(
                            String.valueOf(row.getFirst()), name -> new ArrayList<>(Collections.nCopies(seconds, 0L)))
                    .set((int) second, ((Number) Objects.requireNonNull(row.get(2))).longValue());
        }
        return stored;
    }

    /** By position, of which there is an index. */
    private static SqlFragment committedSince(Instant moment) {
        return sql("""
                position > coalesce((
                    select max(position)
                    from _commit
                    where committed_at < {}
                ), 0)""", moment(moment));
    }

    private static SqlFragment moment(Instant moment) {
        return SqlFragment.value(new SqlFragment.Parameter(ColumnType.TIMESTAMP, moment));
    }

    /** The people behind the events of all these collections that pass, and when. */
    SqlFragment people(List<SqlRelation> collections, Filter filter) {
        return sql(
                "({}) as seen",
                joined(
                        "\nunion all\n",
                        collections.stream()
                                .map(events -> sql(
                                        "select {} as person, {} as time from {} where {}",
                                        events.named(EventCollection.PERSON).expression(),
                                        events.named(EventCollection.TIME).expression(),
                                        events.table(),
                                        events.condition(filter)))
                                .toList()));
    }
}

package dev.tidemark.core.events.commit;

import dev.tidemark.core.events.copy.BinaryRow;
import dev.tidemark.core.events.planning.Prepared;
import dev.tidemark.core.events.planning.TableRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives ids to the new rows of requests, in the order in which their events were sent, whichever their tables: of events at one
 * moment that order is the one in which they happened.
 */
final class Numbering {

    private final Connection connection;
    private final IdStore ids;
    private final List<CommitRange> ranges = new ArrayList<>();

    /** What was numbered since the block was begun, by table. */
    private final Map<String, Stretch> stretches = new LinkedHashMap<>();

    private long remaining;
    private long next;
    private long end;

    private Numbering(Connection connection, IdStore ids, long rows) {
        this.connection = connection;
        this.ids = ids;
        this.remaining = rows;
    }

    /** @return what is new, by ranges of ids in which no other batch has any */
    static List<CommitRange> number(Connection connection, IdStore ids, List<Prepared> batch) throws SQLException {
        var rows = batch.stream()
                .flatMap(request -> request.tables().stream())
                .mapToLong(TableRows::countNew)
                .sum();
        var numbering = new Numbering(connection, ids, rows);
        for (var request : batch) {
            if (request.tables().size() == 1) {
                var all = request.tables().getFirst();
                numbering.number(all, 0, all.count());
            } else {
                for (var sent : RowReference.inOrder(request.tables())) {
                    numbering.number(sent.rows(), sent.row(), sent.row() + 1);
                }
            }
        }
        numbering.endBlock();
        return numbering.ranges;
    }

    /**
     * The loop has the rows of one request for its bound: over those of many the JVM's compiler guesses bounds that do not hold,
     * and compiles again and again.
     */
    private void number(TableRows rows, int first, int last) throws SQLException {
        var table = rows.layout().table();
        var stretch = stretches.computeIfAbsent(table, name -> new Stretch());
        for (int row = first; row < last; row++) {
            if (rows.isNew(row)) {
                if (next == end) {
                    beginBlock();
                    stretch = stretches.computeIfAbsent(table, name -> new Stretch());
                }
                rows.setId(row, next);
                stretch.add(next++, rows.timeMicros(row));
            }
        }
    }

    private void beginBlock() throws SQLException {
        endBlock();
        var count = (int) Math.min(remaining, IdStore.BLOCK);
        next = ids.take(connection, count);
        end = next + count;
        remaining -= count;
    }

    private void endBlock() {
        stretches.forEach((table, stretch) -> stretch.addTo(ranges, table));
        stretches.clear();
    }

    /** Rows of one table. */
    private static final class Stretch {

        private long first;
        private long last;
        private int events;
        private long minMicros = Long.MAX_VALUE;
        private long maxMicros = Long.MIN_VALUE;

        void add(long id, long micros) {
            if (events++ == 0) {
                first = id;
            }
            last = id;
            minMicros = Math.min(minMicros, micros);
            maxMicros = Math.max(maxMicros, micros);
        }

        void addTo(List<CommitRange> ranges, String table) {
            if (events > 0) {
                ranges.add(new CommitRange(
                        table, first, last, events, BinaryRow.instant(minMicros), BinaryRow.instant(maxMicros)));
            }
        }
    }
}

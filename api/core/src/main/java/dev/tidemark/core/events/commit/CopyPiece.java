package dev.tidemark.core.events.commit;

import dev.tidemark.core.events.planning.TableRows;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows that are written by one COPY.
 *
 * <p>PostgreSQL makes a slot for each of the first 1,000 rows of a COPY, and uses them again for the rows after. Since version
 * 17 it finds the owner's mark of a slot by going through those of all others, so that a COPY of 1,000 rows spends an eighth
 * of its time there. Four of 250 rows spend a quarter of that, and one of many thousands next to nothing.
 */
record CopyPiece(List<Run> runs) {

    private static final int SHORT = 250;

    /** From here on one COPY takes less than many short ones. */
    private static final int LONG = 2_500;

    CopyPiece {
        runs = List.copyOf(runs);
    }

    /**
     * The new rows of many requests, in their order.
     *
     * @param count of the new rows
     */
    static List<CopyPiece> of(List<TableRows> parts, int count) {
        var most = count < LONG ? SHORT : count;
        List<CopyPiece> pieces = new ArrayList<>();
        List<Run> runs = new ArrayList<>();
        var room = most;
        for (var rows : parts) {
            for (var run = Run.from(rows, 0, room); run.isThere(); run = Run.from(rows, run.end(), room)) {
                runs.add(run);
                room -= run.length();
                if (room == 0) {
                    pieces.add(new CopyPiece(runs));
                    runs.clear();
                    room = most;
                }
            }
        }
        if (!runs.isEmpty()) {
            pieces.add(new CopyPiece(runs));
        }
        return pieces;
    }

    /** Rows of one request that follow one another and are all new: from the first one, up to and without the end. */
    record Run(TableRows rows, int first, int end) {

        /** The first ones at or after a row, at most so many; none: it is not there. */
        static Run from(TableRows rows, int row, int most) {
            var first = row;
            while (first < rows.count() && !rows.isNew(first)) {
                first++;
            }
            var end = first;
            while (end < rows.count() && end - first < most && rows.isNew(end)) {
                end++;
            }
            return new Run(rows, first, end);
        }

        boolean isThere() {
            return length() > 0;
        }

        int length() {
            return end - first;
        }
    }
}

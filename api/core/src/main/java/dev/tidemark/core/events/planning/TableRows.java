package dev.tidemark.core.events.planning;

import dev.tidemark.core.events.admission.MessageHash;
import dev.tidemark.core.events.copy.BinaryBuffer;
import dev.tidemark.spi.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The encoded rows of one request for one collection. What differs from row to row is kept in arrays beside the bytes. */
public final class TableRows {

    private static final int INITIAL_ROWS = 4;
    private static final int BYTES_A_ROW = 160;

    /** In a row, the id comes after the number of fields and its own length. */
    private static final int ID_OFFSET = Short.BYTES + Integer.BYTES;

    private final Layout layout;
    private final BinaryBuffer buffer;
    private final Map<Integer, List<Warning>> warnings = new HashMap<>();
    private final BitSet left = new BitSet();
    private final BitSet duplicates = new BitSet();
    private int[] starts;
    private int[] submissions;
    private long[] times;
    private @Nullable MessageHash[] hashes;
    private long[] ids = {};
    private int count;

    TableRows(Layout layout, int expected) {
        this.layout = layout;
        var rows = Math.max(INITIAL_ROWS, expected);
        this.buffer = new BinaryBuffer(rows * BYTES_A_ROW);
        this.starts = new int[rows];
        this.submissions = new int[rows];
        this.times = new long[rows];
        this.hashes = new MessageHash[rows];
    }

    public Layout layout() {
        return layout;
    }

    public BinaryBuffer buffer() {
        return buffer;
    }

    public int count() {
        return count;
    }

    /** Begins a row; what is put into the buffer until the next one begins belongs to it. */
    void begin(int submission, long timeMicros, Optional<MessageHash> hash) {
        if (count == starts.length) {
            grow();
        }
        starts[count] = buffer.size();
        submissions[count] = submission;
        times[count] = timeMicros;
        hashes[count] = hash.orElse(null);
        count++;
    }

    void warn(Warning warning) {
        warnings.computeIfAbsent(count - 1, row -> new ArrayList<>()).add(warning);
    }

    public int start(int row) {
        return starts[row];
    }

    public int end(int row) {
        return row + 1 == count ? buffer.size() : starts[row + 1];
    }

    /** The index of the row's event in its request. */
    public int submission(int row) {
        return submissions[row];
    }

    public long timeMicros(int row) {
        return times[row];
    }

    @Nullable
    public MessageHash hash(int row) {
        return hashes[row];
    }

    public List<Warning> warnings(int row) {
        return warnings.getOrDefault(row, List.of());
    }

    public boolean hasWarnings() {
        return !warnings.isEmpty();
    }

    /** Begins to write anew: no row has an id, none is known as a duplicate. */
    public void reset() {
        ids = new long[count];
        duplicates.clear();
    }

    public void setId(int row, long id) {
        ids[row] = id;
        buffer.setLong(starts[row] + ID_OFFSET, id);
    }

    public long id(int row) {
        return ids[row];
    }

    public void setDuplicate(int row) {
        duplicates.set(row);
    }

    /** Whether the row is to be copied. */
    public boolean isNew(int row) {
        return !duplicates.get(row) && !left.get(row);
    }

    /** How many rows are to be copied. */
    public int countNew() {
        return (int) IntStream.range(0, count).filter(this::isNew).count();
    }

    /** Takes out a row that the database refuses. */
    void leaveOut(int row) {
        left.set(row);
    }

    boolean isLeftOut(int row) {
        return left.get(row);
    }

    Outcome outcome(int row) {
        return duplicates.get(row)
                ? new Outcome.Duplicate()
                : new Outcome.Stored(
                        ids[row], warnings(row).stream().map(Warning::reason).toList());
    }

    private void grow() {
        var rows = count * 2;
        starts = Arrays.copyOf(starts, rows);
        submissions = Arrays.copyOf(submissions, rows);
        times = Arrays.copyOf(times, rows);
        hashes = Arrays.copyOf(hashes, rows);
    }
}

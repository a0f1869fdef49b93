package dev.tidemark.imports.files;

import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Submission;
import java.util.Map;

/** Takes the rows of a file, one after the other. */
public interface RowSink {

    /**
     * Comes before the first row.
     *
     * @param types of properties that shall have these, whatever their first values look like
     */
    void begin(Map<String, ColumnType> types);

    /**
     * Counts the next row, and says whether that is all: one that is stored already need not be read.
     *
     * @param checksum of its content
     */
    boolean isStored(int checksum);

    /**
     * What the row is, when it is not stored.
     *
     * @param line where it begins, from 1
     * @param bytes about how many it takes in memory
     */
    void add(long line, long bytes, Submission row);
}

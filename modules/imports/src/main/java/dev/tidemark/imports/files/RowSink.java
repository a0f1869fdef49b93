package dev.tidemark.imports.files;

import dev.tidemark.spi.Submission;

/** Takes the rows of a file, one after the other. */
public interface RowSink {

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

package dev.tidemark.exports;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows in a format. */
sealed interface RowWriter permits CsvRows, EventLines, RowLines {

    void write(List<@Nullable Object> row) throws IOException;

    /** Hands on what is left, when all rows are written. */
    void finish() throws IOException;
}

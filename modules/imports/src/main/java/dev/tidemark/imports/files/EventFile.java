package dev.tidemark.imports.files;

/** A file of events, in a format. It is read once, as it arrives. */
public sealed interface EventFile permits CsvEvents, JsonEvents {

    /**
     * Hands on all rows.
     *
     * @throws dev.tidemark.spi.CallerException naming the line, where the file is broken
     */
    void read(RowSink sink);

    /**
     * Looks at what was read before any of it is stored.
     *
     * @throws dev.tidemark.spi.CallerException when it has nothing of the name that is asked for
     */
    void requireNames();
}

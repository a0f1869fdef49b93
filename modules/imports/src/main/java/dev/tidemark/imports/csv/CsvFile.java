package dev.tidemark.imports.csv;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.tidemark.imports.bytes.BrokenFileException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A CSV file in UTF-8 as it arrives: its header, then its rows. */
public final class CsvFile {

    private static final int LARGEST_FIELD = 16 << 20;

    /** Of rows in memory. */
    private static final long MOST_BYTES = 16 << 20;

    private final CloseableIterator<Row> rows;
    private long line = 1;

    public CsvFile(InputStream content, char delimiter) {
        this.rows = CsvReader.builder()
                .fieldSeparator(delimiter)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .maxBufferSize(LARGEST_FIELD)
                .build(new RowHandler(), content, StandardCharsets.UTF_8)
                .iterator();
    }

    /** The next row; empty lines are none. */
    public Optional<Row> next() {
        try {
            if (!rows.hasNext()) {
                return Optional.empty();
            }
            var row = rows.next();
            line = row.line();
            return Optional.of(row);
        } catch (CsvParseException e) {
            throw fault(e);
        }
    }

    /** What went wrong while it was read comes wrapped, too. */
    private RuntimeException fault(CsvParseException e) {
        return switch (e.getCause()) {
            case BrokenFileException broken -> broken.behind(line);
            case RuntimeException ofTheConnection -> ofTheConnection;
            case null, default -> new BrokenFileException("it is no CSV: " + e.getMessage(), e).behind(line);
        };
    }

    /** The next rows: so many, or fewer when they are large. None: the file has ended. */
    public List<Row> next(int most) {
        List<Row> batch = new ArrayList<>();
        long bytes = 0;
        while (batch.size() < most && bytes < MOST_BYTES) {
            var row = next();
            if (row.isEmpty()) {
                break;
            }
            batch.add(row.get());
            bytes += row.get().bytes();
        }
        return batch;
    }
}

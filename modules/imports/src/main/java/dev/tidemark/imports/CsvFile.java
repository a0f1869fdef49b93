package dev.tidemark.imports;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A CSV file in UTF-8 as it arrives: its header, then its rows. */
final class CsvFile {

    static final int LARGEST_FIELD = 16 << 20;

    private final CloseableIterator<Row> rows;
    private long line = 1;

    CsvFile(InputStream content, char delimiter) {
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
    Optional<Row> next() {
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
            case BrokenFileException broken -> broken(line, String.valueOf(broken.getMessage()));
            case RuntimeException ofTheConnection -> ofTheConnection;
            case null, default -> broken(line, "it is no CSV: " + e.getMessage());
        };
    }

    /** @param line the last one that could be read */
    static CallerException broken(long line, String fault) {
        return new CallerException(
                ErrorCode.BAD_USER_INPUT,
                "The file is broken behind line " + line + ": " + fault
                        + ". Mend it and send it with the same id: the rows that are stored are skipped.");
    }

    /** The next rows: so many, or fewer when they are large. None: the file has ended. */
    List<Row> next(int most) {
        List<Row> batch = new ArrayList<>();
        long characters = 0;
        while (batch.size() < most && characters < LARGEST_FIELD) {
            var row = next();
            if (row.isEmpty()) {
                break;
            }
            batch.add(row.get());
            characters += row.get().characters();
        }
        return batch;
    }
}

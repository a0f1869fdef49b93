package dev.tidemark.imports;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A CSV file as it arrives: its header, then its rows. */
final class CsvFile {

    private static final int LARGEST_FIELD = 16 << 20;

    private final CloseableIterator<Row> rows;
    private long line = 1;

    CsvFile(InputStream content, char delimiter) {
        this.rows = CsvReader.builder()
                .fieldSeparator(delimiter)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .detectBomHeader(true)
                .maxBufferSize(LARGEST_FIELD)
                .build(new RowHandler(), content)
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
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT,
                    "The file is no CSV behind line " + line + ": " + e.getMessage()
                            + ". Mend it and send it with the same id: the rows that are stored are skipped.");
        }
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
            characters += row.get().fields().stream().mapToInt(String::length).sum();
        }
        return batch;
    }
}

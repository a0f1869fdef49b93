package dev.tidemark.exports;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows as RFC 4180 has them, behind a header line: lists and objects are JSON, what is missing is empty, and empty text is
 * quoted. Text is written as it is: one that a spreadsheet would take for a formula is not changed, for it would not be what
 * was sent any more.
 */
final class CsvRows implements RowWriter {

    private final CsvWriter csv;

    CsvRows(OutputStream out, List<String> names) {
        this.csv = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.CRLF)
                .quoteStrategy(QuoteStrategies.EMPTY)
                .build(out, StandardCharsets.UTF_8);
        csv.writeRecord(names);
    }

    @Override
    public void write(List<@Nullable Object> row) {
        var line = csv.writeRecord();
        for (var value : row) {
            line.writeField(text(value));
        }
        line.endRecord();
    }

    private static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case BigDecimal number -> number.toPlainString();
            case List<?> list -> JsonValues.text(list);
            case Map<?, ?> object -> JsonValues.text(object);
            default -> value.toString();
        };
    }

    @Override
    public void finish() throws IOException {
        csv.flush();
    }
}

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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows as RFC 4180 has them, behind a header line: lists and objects are JSON, what is missing is empty, and empty text is
 * quoted. Text is written as it is: one that a spreadsheet would take for a formula is not changed, for it would not be what
 * was sent any more. Only where a column has any JSON is a text that looks like something else JSON, too.
 */
final class CsvRows implements RowWriter {

    private final CsvWriter csv;
    private final boolean[] isJson;

    /** @param json the names of columns that have any JSON */
    CsvRows(OutputStream out, List<String> names, Set<String> json) {
        this.isJson = new boolean[names.size()];
        for (int i = 0; i < isJson.length; i++) {
            isJson[i] = json.contains(names.get(i));
        }
        this.csv = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.CRLF)
                .quoteStrategy(QuoteStrategies.EMPTY)
                .build(out, StandardCharsets.UTF_8);
        csv.writeRecord(names);
    }

    @Override
    public void write(List<@Nullable Object> row) {
        var line = csv.writeRecord();
        for (int i = 0; i < row.size(); i++) {
            var value = row.get(i);
            line.writeField(
                    isJson[i] && value instanceof String text && looksLikeMore(text)
                            ? JsonValues.text(text)
                            : text(value));
        }
        line.endRecord();
    }

    /** Whether it could be a number, a time, a truth, a list, an object or JSON's text. */
    private static boolean looksLikeMore(String text) {
        return !text.isEmpty()
                && ("-0123456789[{\"".indexOf(text.charAt(0)) >= 0
                        || text.equalsIgnoreCase("true")
                        || text.equalsIgnoreCase("false"));
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

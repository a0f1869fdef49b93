package dev.tidemark.imports.files;

import dev.tidemark.imports.csv.ColumnTypes;
import dev.tidemark.imports.csv.CsvFile;
import dev.tidemark.imports.csv.Header;
import dev.tidemark.imports.csv.Row;
import dev.tidemark.imports.csv.RowReader;
import dev.tidemark.imports.requests.ImportRequest;
import dev.tidemark.imports.values.KnownTypes;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.JsonReader;
import java.util.List;

/**
 * The events of a CSV file, one a row. Text has no type, so the types of columns are found out from the first rows.
 *
 * @param known the types before the import
 * @param sampleRows from which types are found out
 */
record CsvEvents(CsvFile file, char delimiter, ImportRequest request, KnownTypes known, JsonReader json, int sampleRows)
        implements EventFile {

    @Override
    public void read(RowSink sink) {
        var first = file.next()
                .orElseThrow(() -> new CallerException(
                        ErrorCode.BAD_USER_INPUT, "The file is empty: it begins with a header line."));
        var header = Header.of(first, delimiter, request.mapping());
        var sample = file.next(sampleRows);
        var values = request.mapping().values(json);
        var types = new ColumnTypes(header, sample, request.mapping(), known, values);
        sink.begin(types.made());
        var reader = new RowReader(request.mapping().destination(), delimiter, header, types, values);
        for (var rows = sample; !rows.isEmpty(); rows = file.next(sampleRows)) {
            hand(rows, reader, sink);
        }
    }

    /** The header line was looked at before any row. */
    @Override
    public void requireNames() {}

    private static void hand(List<Row> rows, RowReader reader, RowSink sink) {
        for (var row : rows) {
            if (!sink.isStored(row.checksum())) {
                sink.add(row.line(), row.bytes(), reader.read(row));
            }
        }
    }
}

package dev.tidemark.imports.files;

import dev.tidemark.imports.bytes.Beginning;
import dev.tidemark.imports.bytes.BrokenFileException;
import dev.tidemark.imports.bytes.Inflated;
import dev.tidemark.imports.bytes.Utf8;
import dev.tidemark.imports.csv.CsvFile;
import dev.tidemark.imports.requests.ImportRequest;
import dev.tidemark.imports.values.KnownTypes;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.JsonReader;
import java.io.InputStream;

/**
 * Finds out how a file is compressed, encoded and written.
 *
 * @param sampleRows from which the types of columns are found out
 */
public record FileOpener(ImportRequest request, JsonReader json, int sampleRows) {

    /** @param known the types that properties have already */
    public EventFile open(InputStream content, KnownTypes known) {
        var format = request.format();
        try {
            var beginning = Beginning.of(Utf8.of(Inflated.of(content), format.encoding()));
            return switch (format.kind().orElseGet(beginning::kind)) {
                case CSV -> csv(beginning, format.delimiter().orElseGet(beginning::delimiter), known);
                case NDJSON -> new JsonEvents(beginning.content(), json, objects(known));
            };
        } catch (BrokenFileException e) {
            throw e.behind(0);
        }
    }

    private EventFile csv(Beginning beginning, char delimiter, KnownTypes known) {
        var file = new CsvFile(beginning.content(), delimiter);
        if (beginning.namedDelimiter().isPresent()) {
            file.next();
        }
        return new CsvEvents(file, delimiter, request, known, json, sampleRows);
    }

    private ObjectReader objects(KnownTypes known) {
        var values = request.mapping().values(json);
        return new ObjectReader(request.mapping(), values, known);
    }

    /** Refuses types that are asked for where the collection of all rows has others. */
    public void requireTypes(KnownTypes known) {
        var mapping = request.mapping();
        mapping.destination()
                .collection()
                .ifPresent(collection -> mapping.properties()
                        .forEach((property, type) -> known.of(collection, property)
                                .filter(other -> other != type)
                                .ifPresent(other -> {
                                    throw new CallerException(
                                            ErrorCode.CONFLICT,
                                            "The property " + property + " is " + other + " already, and not " + type
                                                    + ": leave its type out.",
                                            "type");
                                })));
    }
}

package dev.tidemark.imports;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.JsonReader;
import java.io.InputStream;
import java.util.Optional;

/**
 * Finds out how a file is compressed, encoded and written.
 *
 * @param sampleRows from which the types of columns are found out
 */
record FileOpener(ImportRequest request, JsonReader json, int sampleRows) {

    /** @param collection that takes the events, as it is before */
    EventFile open(InputStream content, Optional<EventCollection> collection) {
        requireTypes(collection);
        var format = request.format();
        try {
            var beginning = Beginning.of(Utf8.of(Inflated.of(content), format.encoding()));
            return switch (format.kind().orElseGet(beginning::kind)) {
                case CSV -> csv(beginning, format.delimiter().orElseGet(beginning::delimiter), collection);
                case NDJSON -> new JsonEvents(beginning.content(), json, objects(collection));
            };
        } catch (BrokenFileException e) {
            throw CsvFile.broken(0, String.valueOf(e.getMessage()));
        }
    }

    private EventFile csv(Beginning beginning, char delimiter, Optional<EventCollection> collection) {
        var file = new CsvFile(beginning.content(), delimiter);
        return new CsvEvents(file, delimiter, request, collection, json, sampleRows);
    }

    private ObjectReader objects(Optional<EventCollection> collection) {
        var values = new ValueReader(request.mapping().zone(), json);
        return new ObjectReader(request.collection(), request.mapping(), values, collection);
    }

    private void requireTypes(Optional<EventCollection> collection) {
        request.mapping()
                .properties()
                .forEach((property, type) -> ColumnTypes.known(collection, property)
                        .filter(known -> known != type)
                        .ifPresent(known -> {
                            throw new CallerException(
                                    ErrorCode.CONFLICT,
                                    "The property " + property + " is " + known + " already, and not " + type
                                            + ": leave its type out.",
                                    "type");
                        }));
    }
}

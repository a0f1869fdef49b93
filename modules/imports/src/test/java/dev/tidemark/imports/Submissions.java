package dev.tidemark.imports;

import dev.tidemark.core.json.StrictJsonReader;
import dev.tidemark.imports.files.FileOpener;
import dev.tidemark.imports.files.RowSink;
import dev.tidemark.imports.requests.ImportRequest;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Submission;
import io.helidon.common.uri.UriQuery;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an import makes of a file, without storing it. */
final class Submissions implements RowSink {

    private static final int SAMPLE = 1_000;

    private final List<Submission> rows = new ArrayList<>();

    static List<Submission> read(byte[] content, String parameters, Optional<EventCollection> collection) {
        var submissions = new Submissions();
        new FileOpener(ImportRequest.of(UriQuery.create(parameters)), new StrictJsonReader(), SAMPLE)
                .open(
                        new ByteArrayInputStream(content),
                        (name, property) -> collection
                                .flatMap(known -> known.property(property))
                                .map(EventCollection.Property::type))
                .read(submissions);
        return submissions.rows;
    }

    @Override
    public void begin(Map<String, ColumnType> types) {}

    @Override
    public boolean isStored(int checksum) {
        return false;
    }

    @Override
    public void add(long line, long bytes, Submission row) {
        rows.add(row);
    }
}

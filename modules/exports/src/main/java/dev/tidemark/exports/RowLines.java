package dev.tidemark.exports;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Each row as an object of JSON on a line of its own; of several relations, below {@code row} and beside the relation's name. */
final class RowLines implements RowWriter {

    private final JsonGenerator json;
    private final Optional<String> relation;
    private final List<String> names;

    /** @param relation its name, where there are several */
    RowLines(OutputStream out, Optional<String> relation, List<String> names) throws IOException {
        this.json = JsonValues.lines(out);
        this.relation = relation;
        this.names = names;
    }

    @Override
    public void write(List<@Nullable Object> row) throws IOException {
        if (relation.isPresent()) {
            json.writeStartObject();
            json.writeStringField("relation", relation.get());
            json.writeFieldName("row");
        }
        json.writeStartObject();
        for (int i = 0; i < names.size(); i++) {
            json.writeFieldName(names.get(i));
            JsonValues.write(json, row.get(i));
        }
        json.writeEndObject();
        if (relation.isPresent()) {
            json.writeEndObject();
        }
        json.writeRaw('\n');
    }

    @Override
    public void finish() throws IOException {
        json.flush();
    }
}

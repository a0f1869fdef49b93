package dev.tidemark.exports;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Each row as an object of JSON on a line of its own. */
final class RowLines implements RowWriter {

    private final JsonGenerator json;
    private final List<String> names;

    RowLines(OutputStream out, List<String> names) throws IOException {
        this.json = JsonValues.lines(out);
        this.names = names;
    }

    @Override
    public void write(List<@Nullable Object> row) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < names.size(); i++) {
            json.writeFieldName(names.get(i));
            JsonValues.write(json, row.get(i));
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }

    @Override
    public void finish() throws IOException {
        json.flush();
    }
}

package dev.tidemark.exports;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Each event as {@code /collect} and an import take it, on a line of its own. */
final class EventLines implements RowWriter {

    /** In the order of the reserved columns, but the last one, which is properties. */
    private static final List<String> FIELDS = List.of("time", "user", "anonymous", "messageId");

    private final JsonGenerator json;
    private final String collection;
    private final List<String> names;

    EventLines(OutputStream out, String collection, List<String> names) throws IOException {
        this.json = JsonValues.lines(out);
        this.collection = collection;
        this.names = names;
    }

    @Override
    public void write(List<@Nullable Object> row) throws IOException {
        json.writeStartObject();
        json.writeStringField("collection", collection);
        for (int i = 0; i < FIELDS.size(); i++) {
            writeIfThere(FIELDS.get(i), row.get(i));
        }
        json.writeObjectFieldStart("properties");
        Set<String> written = new HashSet<>();
        for (int i = EventColumns.count(); i < names.size(); i++) {
            if (writeIfThere(names.get(i), row.get(i))) {
                written.add(names.get(i));
            }
        }
        if (row.get(FIELDS.size()) instanceof Map<?, ?> extra) {
            for (var member : extra.entrySet()) {
                if (!written.contains(member.getKey().toString())) {
                    writeIfThere(member.getKey().toString(), member.getValue());
                }
            }
        }
        json.writeEndObject();
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private boolean writeIfThere(String name, @Nullable Object value) throws IOException {
        if (value == null) {
            return false;
        }
        json.writeFieldName(name);
        JsonValues.write(json, value);
        return true;
    }

    @Override
    public void finish() throws IOException {
        json.flush();
    }
}

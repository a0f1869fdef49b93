package dev.tidemark.imports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidemark.imports.files.Problem;
import dev.tidemark.imports.rehearsal.ColumnSummary;
import dev.tidemark.imports.rehearsal.Rehearsal;
import dev.tidemark.imports.uploads.Import;
import dev.tidemark.spi.ColumnType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The answers, as JSON. */
final class ImportJson {

    private static final JsonFactory JSON = new JsonFactory();

    private ImportJson() {}

    /** How far an import is. */
    static byte[] progress(Import state) {
        return object(json -> write(json, state));
    }

    /** What became of an upload. */
    static byte[] answer(Import state, long resumedAt, List<Problem> problems) {
        return object(json -> {
            write(json, state);
            json.writeNumberField("resumedAt", resumedAt);
            write(json, problems);
        });
    }

    /** What would become of one. */
    static byte[] rehearsal(Rehearsal rehearsal) {
        return object(json -> {
            json.writeNumberField("rows", rehearsal.rows());
            json.writeNumberField("refused", rehearsal.refused());
            json.writeNumberField("misfits", rehearsal.misfits());
            json.writeArrayFieldStart("columns");
            for (var column : rehearsal.columns()) {
                var type = column.type();
                if (type.isPresent()) {
                    write(json, type.get(), column);
                }
            }
            json.writeEndArray();
            write(json, rehearsal.problems());
        });
    }

    private static void write(JsonGenerator json, Import state) throws IOException {
        json.writeStringField("id", state.id());
        json.writeNumberField("rows", state.rows());
        json.writeNumberField("stored", state.stored());
        json.writeNumberField("warned", state.warned());
        json.writeNumberField("duplicates", state.duplicates());
        json.writeNumberField("refused", state.refused());
        json.writeBooleanField("finished", state.isFinished());
    }

    private static void write(JsonGenerator json, ColumnType type, ColumnSummary summary) throws IOException {
        json.writeStartObject();
        json.writeStringField("collection", summary.collection());
        json.writeStringField("name", summary.name());
        json.writeStringField("type", type.name());
        json.writeNumberField("values", summary.values());
        json.writeArrayFieldStart("examples");
        for (var example : summary.examples()) {
            json.writeString(example);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, List<Problem> problems) throws IOException {
        json.writeArrayFieldStart("problems");
        for (var problem : problems) {
            json.writeStartObject();
            json.writeNumberField("line", problem.line());
            json.writeStringField("column", problem.column());
            json.writeStringField("code", problem.code());
            json.writeStringField("message", problem.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static byte[] object(Members members) {
        var bytes = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @FunctionalInterface
    private interface Members {
        void write(JsonGenerator json) throws IOException;
    }
}

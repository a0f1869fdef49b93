package dev.tidemark.exports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.tidemark.spi.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of answers as JSON: whole numbers beyond 2^53 and times are strings, as everywhere. */
final class JsonValues {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();
    private static final BigInteger LARGEST_EXACT = BigInteger.ONE.shiftLeft(53).subtract(BigInteger.ONE);

    private JsonValues() {}

    /** Objects that are written to it stand on lines of their own. */
    static JsonGenerator lines(OutputStream out) throws IOException {
        return JSON.createGenerator(out).setRootValueSeparator(null);
    }

    static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Boolean truth -> json.writeBoolean(truth);
            case Double number -> json.writeNumber(number);
            case BigDecimal number -> json.writeNumber(number);
            case BigInteger number -> write(json, number);
            case Number number -> write(json, BigInteger.valueOf(number.longValue()));
            case Answer.Top(var top, var count) -> {
                json.writeStartObject();
                json.writeFieldName("value");
                write(json, top);
                json.writeNumberField("count", count);
                json.writeEndObject();
            }
            case Map<?, ?> object -> {
                json.writeStartObject();
                for (var member : object.entrySet()) {
                    json.writeFieldName(String.valueOf(member.getKey()));
                    write(json, member.getValue());
                }
                json.writeEndObject();
            }
            case List<?> list -> {
                json.writeStartArray();
                for (var element : list) {
                    write(json, element);
                }
                json.writeEndArray();
            }
            default -> json.writeString(value.toString());
        }
    }

    static String text(Object value) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            write(json, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, BigInteger number) throws IOException {
        if (number.abs().compareTo(LARGEST_EXACT) > 0) {
            json.writeString(number.toString());
        } else {
            json.writeNumber(number.longValue());
        }
    }
}

package dev.tidemark.server.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.tidemark.core.json.JsonNumbers;
import dev.tidemark.core.json.Nesting;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the one JSON object that a request is: strict UTF-8, no name twice, nothing after the end, exact numbers. Unlike events,
 * it counts as a whole or not at all.
 */
public final class RequestJson {

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNumberLength(100)
                    .maxStringLength(1_000_000)
                    .maxNameLength(256)
                    .build())
            .build();

    /** What the parser adds for those who call it. */
    private static final Pattern TO_PROGRAMMERS = Pattern.compile("( \\(start marker|: enable ).*", Pattern.DOTALL);

    private RequestJson() {}

    /** @throws CallerException with line and column where it is no such object */
    public static Map<String, @Nullable Object> object(byte[] body) {
        return object(decoded(body));
    }

    /** @throws CallerException as {@link #object(byte[])} */
    public static Map<String, @Nullable Object> object(String text) {
        try (var parser = JSON.createParser(text)) {
            var first = parser.nextToken();
            if (first == JsonToken.START_ARRAY) {
                throw refused("Requests are not taken in batches: send each on its own.");
            }
            if (first != JsonToken.START_OBJECT) {
                throw refused("Send a JSON object: {\"query\": \"…\"}.");
            }
            var object = object(parser, new Nesting());
            if (parser.nextToken() != null) {
                throw refused("Something follows the end of the JSON object" + place(parser) + ".");
            }
            return object;
        } catch (StreamConstraintsException e) {
            throw refused("The JSON is too large or too deep" + place(e) + ": at most 64 levels, strings of 1,000,000"
                    + " characters, names of 256, and numbers of 100.");
        } catch (JsonProcessingException e) {
            throw refused("This is no JSON" + place(e) + ": "
                    + TO_PROGRAMMERS.matcher(e.getOriginalMessage()).replaceFirst(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String decoded(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused("The text is not UTF-8.");
        }
    }

    private static Map<String, @Nullable Object> object(JsonParser parser, Nesting nesting) throws IOException {
        nesting.begin();
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            object.put(name, value(parser, nesting));
        }
        return object;
    }

    private static @Nullable Object value(JsonParser parser, Nesting nesting) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, nesting);
            case START_ARRAY -> array(parser, nesting);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> JsonNumbers.integer(parser.getText());
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw refused("This is no JSON" + place(parser) + ".");
        };
    }

    private static List<@Nullable Object> array(JsonParser parser, Nesting nesting) throws IOException {
        nesting.begin();
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, nesting));
        }
        return array;
    }

    private static Number decimal(JsonParser parser) throws IOException {
        try {
            return JsonNumbers.decimal(parser.getText());
        } catch (NumberFormatException e) {
            throw refused("The exponent of a number is beyond reason" + place(parser) + ".");
        }
    }

    private static String place(JsonParser parser) {
        var at = parser.currentTokenLocation();
        return " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static String place(JsonProcessingException failure) {
        var at = failure.getLocation();
        return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static CallerException refused(String sentence) {
        return new CallerException(ErrorCode.BAD_USER_INPUT, sentence);
    }
}

package dev.tidemark.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the bytes of one item into values. Not for two threads. */
final class ItemParser {

    /** Our own limits are checked before a value is made, so Jackson's would only add errors without a place. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonLimits.DEPTH + 1)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final int numberCharacters;
    private CharBuffer text = CharBuffer.allocate(1024);

    /** @param numberCharacters that a number may have */
    ItemParser(int numberCharacters) {
        this.numberCharacters = numberCharacters;
    }

    Map<String, @Nullable Object> object(ScannedItem item) throws SpoiledException, NotJsonException {
        if (!item.whole()) {
            throw new SpoiledException(
                    "too_large", "", "The event is larger than " + JsonLimits.ITEM_BYTES + " bytes: send less in it.");
        }
        decode(item);
        try (var parser = JSON.createParser(text.array(), 0, text.limit())) {
            return object(parser);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new NotJsonException(at.getLineNr(), at.getColumnNr(), e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void decode(ScannedItem item) throws SpoiledException {
        var length = item.bytes().remaining();
        if (text.capacity() < length) {
            text = CharBuffer.allocate(Integer.highestOneBit(length) * 2);
        }
        text.clear();
        if (decoder.reset().decode(item.bytes().duplicate(), text, true).isError()) {
            throw new SpoiledException(
                    "bad_encoding", "", "The text is not UTF-8 at its character " + (text.position() + 1) + ".");
        }
        text.flip();
    }

    private Map<String, @Nullable Object> object(JsonParser parser)
            throws IOException, SpoiledException, NotJsonException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new SpoiledException(
                    "not_an_object", "", "An event is a JSON object: {\"collection\": …, \"properties\": {…}}.");
        }
        var object = members(parser, 1);
        if (parser.nextToken() != null) {
            var at = parser.currentTokenLocation();
            throw new NotJsonException(at.getLineNr(), at.getColumnNr(), "nothing may follow the object.");
        }
        return object;
    }

    private Map<String, @Nullable Object> members(JsonParser parser, int depth) throws IOException, SpoiledException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            Strings.checkName(name, parser);
            var known = members.size();
            members.put(name, value(parser, depth));
            if (members.size() == known) {
                throw spoiled(parser, "duplicate_name", "The object has this name twice: give each name once.");
            }
        }
        return members;
    }

    private List<@Nullable Object> elements(JsonParser parser, int depth) throws IOException, SpoiledException {
        List<@Nullable Object> elements = new ArrayList<>();
        while (true) {
            var token = parser.nextToken();
            if (token == JsonToken.END_ARRAY) {
                return elements;
            }
            elements.add(current(parser, token, depth));
        }
    }

    private @Nullable Object value(JsonParser parser, int depth) throws IOException, SpoiledException {
        return current(parser, parser.nextToken(), depth);
    }

    private @Nullable Object current(JsonParser parser, JsonToken token, int depth)
            throws IOException, SpoiledException {
        return switch (token) {
            case VALUE_STRING -> Strings.checked(parser);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, token);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case START_OBJECT -> members(parser, deeper(parser, depth));
            case START_ARRAY -> elements(parser, deeper(parser, depth));
            default -> throw new IllegalStateException("unexpected token " + token);
        };
    }

    private static int deeper(JsonParser parser, int depth) throws SpoiledException {
        if (depth == JsonLimits.DEPTH) {
            throw spoiled(parser, "too_deep", "Objects and arrays may be nested " + JsonLimits.DEPTH + " levels deep.");
        }
        return depth + 1;
    }

    private Number number(JsonParser parser, JsonToken token) throws IOException, SpoiledException {
        var length = parser.getTextLength();
        if (token == JsonToken.VALUE_NUMBER_INT && length < 19) {
            return parser.getLongValue();
        }
        if (length > numberCharacters) {
            throw spoiled(
                    parser,
                    "number_too_long",
                    "A number may have " + numberCharacters + " digits: send it as a string.");
        }
        try {
            return token == JsonToken.VALUE_NUMBER_INT
                    ? JsonNumbers.integer(parser.getText())
                    : JsonNumbers.decimal(parser.getText());
        } catch (NumberFormatException e) {
            throw spoiled(
                    parser,
                    "number_too_large",
                    "A number's exponent may be " + JsonLimits.EXPONENT + " at most: send it as a string.");
        }
    }

    static SpoiledException spoiled(JsonParser parser, String code, String message) {
        var pointer = parser.getParsingContext().pathAsPointer().toString();
        var cut = Math.min(pointer.length(), JsonLimits.POINTER_CHARACTERS);
        return new SpoiledException(code, StorableText.escaped(pointer.substring(0, cut)), message);
    }
}

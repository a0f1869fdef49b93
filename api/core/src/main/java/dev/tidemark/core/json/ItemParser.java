package dev.tidemark.core.json;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the bytes of one item into values, in one pass. Not for two threads. */
final class ItemParser {

    private static final int EXPECTED_MEMBERS = 8;

    private final JsonBytes json = new JsonBytes();
    private final StringParser strings = new StringParser(json);
    private final NumberParser numbers;
    private final Nesting nesting = new Nesting();

    /** @param numberCharacters that a number may have */
    ItemParser(int numberCharacters) {
        this.numbers = new NumberParser(json, numberCharacters);
    }

    Map<String, @Nullable Object> object(ScannedItem item) throws SpoiledException, NotJsonException {
        if (!item.whole()) {
            throw new SpoiledException(
                    "too_large", "", "The event is larger than " + JsonLimits.ITEM_BYTES + " bytes: send less in it.");
        }
        json.begin(item.bytes());
        try {
            return object();
        } catch (SpoiledException | NotJsonException e) {
            item.requireUtf8();
            throw e;
        }
    }

    /** The object that these bytes begin with. */
    Map<String, @Nullable Object> leading(ByteBuffer bytes) throws SpoiledException, NotJsonException {
        json.begin(bytes);
        if (json.peekToken() != '{') {
            throw json.error("an object is expected here.");
        }
        return members(1);
    }

    /** How many bytes were read of those given last. */
    int read() {
        return json.read();
    }

    private Map<String, @Nullable Object> object() throws SpoiledException, NotJsonException {
        switch (json.peekToken()) {
            case '{' -> {
                var object = members(1);
                json.requireEnd();
                return object;
            }
            case '[', '"' -> {}
            default -> value(0);
        }
        throw new SpoiledException(
                "not_an_object", "", "An event is a JSON object: {\"collection\": …, \"properties\": {…}}.");
    }

    private @Nullable Object value(int depth) throws SpoiledException, NotJsonException {
        return switch (json.peekToken()) {
            case '"' -> strings.value();
            case '{' -> members(deeper(depth));
            case '[' -> elements(deeper(depth));
            case 't' -> json.takeWord("true", true);
            case 'f' -> json.takeWord("false", false);
            case 'n' -> json.takeWord("null", null);
            default -> numbers.number();
        };
    }

    private Map<String, @Nullable Object> members(int depth) throws SpoiledException, NotJsonException {
        json.take();
        nesting.begin();
        Map<String, @Nullable Object> members = LinkedHashMap.newLinkedHashMap(EXPECTED_MEMBERS);
        if (json.peekToken() == '}') {
            json.take();
            return members;
        }
        do {
            member(members, depth);
        } while (json.takeSeparator('}', "a comma or the end of the object is expected here."));
        return members;
    }

    private void member(Map<String, @Nullable Object> members, int depth) throws SpoiledException, NotJsonException {
        if (json.peekToken() != '"') {
            throw json.error("the name of a member is expected here.");
        }
        var name = strings.name();
        if (json.peekToken() != ':') {
            throw json.error("a colon is expected here.");
        }
        json.take();
        var known = members.size();
        try {
            members.put(name, value(depth));
        } catch (SpoiledException e) {
            throw e.within(name);
        }
        if (members.size() == known) {
            throw new SpoiledException("duplicate_name", "", "The object has this name twice: give each name once.")
                    .within(name);
        }
    }

    private List<@Nullable Object> elements(int depth) throws SpoiledException, NotJsonException {
        json.take();
        nesting.begin();
        List<@Nullable Object> elements = new ArrayList<>();
        if (json.peekToken() == ']') {
            json.take();
            return elements;
        }
        do {
            try {
                elements.add(value(depth));
            } catch (SpoiledException e) {
                throw e.within(Integer.toString(elements.size()));
            }
        } while (json.takeSeparator(']', "a comma or the end of the array is expected here."));
        return elements;
    }

    private static int deeper(int depth) throws SpoiledException {
        if (depth == JsonLimits.DEPTH) {
            throw new SpoiledException(
                    "too_deep", "", "Objects and arrays may be nested " + JsonLimits.DEPTH + " levels deep.");
        }
        return depth + 1;
    }
}

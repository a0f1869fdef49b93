package dev.tidemark.core.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads strings and names. Nearly all are plain ASCII without escapes, which needs no decoding. */
final class StringParser {

    private static final int HEX_DIGITS = 4;
    private static final char REPLACEMENT = '\uFFFD';

    private final JsonBytes json;

    StringParser(JsonBytes json) {
        this.json = json;
    }

    /** The string at whose quote reading stands. */
    String value() throws SpoiledException, NotJsonException {
        var from = json.at() + 1;
        var to = plainEnd(from);
        var isPlain = to < json.end() && json.bytes()[to] == '"';
        var text = isPlain ? plain(from, to) : decoded(from);
        if (text.length() > JsonLimits.STRING_CHARACTERS) {
            throw new SpoiledException(
                    "string_too_long",
                    "",
                    "A string may have " + JsonLimits.STRING_CHARACTERS + " characters: send less.");
        }
        if (!isPlain) {
            requireStorable(text);
        }
        return text;
    }

    /** The name at whose quote reading stands. */
    String name() throws SpoiledException, NotJsonException {
        var from = json.at() + 1;
        var to = plainEnd(from);
        if (to < json.end() && json.bytes()[to] == '"') {
            json.moveTo(to + 1);
            return checkedName(KnownNames.of(json.bytes(), from, to));
        }
        var name = checkedName(decoded(from));
        try {
            requireStorable(name);
        } catch (SpoiledException e) {
            throw e.within(name);
        }
        return name;
    }

    private static String checkedName(String name) throws SpoiledException {
        if (name.length() > JsonLimits.NAME_CHARACTERS) {
            throw new SpoiledException(
                            "name_too_long", "", "A name may have " + JsonLimits.NAME_CHARACTERS + " characters.")
                    .within(name);
        }
        return name;
    }

    private static void requireStorable(String text) throws SpoiledException {
        if (!StorableText.isStorable(text)) {
            throw new SpoiledException("not_storable", "", StorableText.REASON);
        }
    }

    /** The first byte that is not itself alone: a quote, an escape, one of several of a character, or a control character. */
    private int plainEnd(int from) {
        var bytes = json.bytes();
        var end = json.end();
        var i = from;
        while (i < end && bytes[i] >= ' ' && bytes[i] != '"' && bytes[i] != '\\') {
            i++;
        }
        return i;
    }

    private String plain(int from, int to) {
        json.moveTo(to + 1);
        return new String(json.bytes(), from, to - from, StandardCharsets.ISO_8859_1);
    }

    private String decoded(int from) throws NotJsonException {
        json.moveTo(from);
        var text = new StringBuilder();
        while (true) {
            var run = json.at();
            json.moveTo(runEnd(run));
            text.append(utf8(run, json.at()));
            switch (json.peek()) {
                case '"' -> {
                    json.take();
                    return text.toString();
                }
                case '\\' -> text.append(escaped());
                case JsonBytes.END -> throw json.error("the string is not closed.");
                default -> throw json.error("a string cannot hold control characters: write them as escapes.");
            }
        }
    }

    /** What is no UTF-8 becomes U+FFFD, so text that has none needs no second look. */
    private String utf8(int from, int to) throws NotJsonException {
        var text = new String(json.bytes(), from, to - from, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            var again = text.getBytes(StandardCharsets.UTF_8);
            if (!Arrays.equals(again, 0, again.length, json.bytes(), from, to)) {
                throw json.error("the text is not UTF-8.");
            }
        }
        return text;
    }

    private int runEnd(int from) {
        var bytes = json.bytes();
        var i = from;
        while (i < json.end() && bytes[i] != '"' && bytes[i] != '\\' && (bytes[i] & 0xFF) >= ' ') {
            i++;
        }
        return i;
    }

    private char escaped() throws NotJsonException {
        json.take();
        var kind = json.peek();
        var meant = switch (kind) {
            case '"', '\\', '/' -> (char) kind;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw json.error("this is no escape that JSON knows.");
        };
        json.take();
        return meant;
    }

    private char unicode() throws NotJsonException {
        var code = 0;
        for (int i = 0; i < HEX_DIGITS; i++) {
            json.take();
            var digit = json.peek() == JsonBytes.END ? -1 : Character.digit(json.peek(), 16);
            if (digit < 0) {
                throw json.error("four hexadecimal digits are expected after \\u.");
            }
            code = code * 16 + digit;
        }
        return (char) code;
    }
}

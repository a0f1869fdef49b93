package dev.tidemark.core.json;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The bytes of an item, and how far they are read. */
final class JsonBytes {

    static final int END = -1;

    private byte[] bytes = {};
    private int start;
    private int at;
    private int end;

    void begin(ByteBuffer item) {
        bytes = item.array();
        start = item.arrayOffset() + item.position();
        at = start;
        end = item.arrayOffset() + item.limit();
    }

    byte[] bytes() {
        return bytes;
    }

    int at() {
        return at;
    }

    /** How many bytes lie behind. */
    int read() {
        return at - start;
    }

    int end() {
        return end;
    }

    /** Goes on elsewhere. */
    void moveTo(int position) {
        at = position;
    }

    /** The next byte; {@link #END} at the end. */
    int peek() {
        return at == end ? END : bytes[at] & 0xFF;
    }

    /** The next byte that is no white space. */
    int peekToken() {
        var i = at;
        while (i < end && bytes[i] <= ' ' && isBlank(bytes[i])) {
            i++;
        }
        at = i;
        return peek();
    }

    void take() {
        at++;
    }

    /** Takes a comma, or what closes. Whether it was a comma. */
    boolean takeSeparator(char closing, String expectation) throws NotJsonException {
        var token = peekToken();
        if (token != ',' && token != closing) {
            throw error(expectation);
        }
        at++;
        return token == ',';
    }

    <T> @Nullable T takeWord(String word, @Nullable T meaning) throws NotJsonException {
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= end || bytes[at + i] != word.charAt(i)) {
                throw error("a value is expected here.");
            }
        }
        at += word.length();
        return meaning;
    }

    void requireEnd() throws NotJsonException {
        if (peekToken() != END) {
            throw error("nothing may follow the object.");
        }
    }

    /** What is wrong where reading has come to. */
    NotJsonException error(String message) {
        var place = new TextPlace();
        place.count(bytes, start, at);
        return new NotJsonException(place.line(), place.column() + 1, message);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}

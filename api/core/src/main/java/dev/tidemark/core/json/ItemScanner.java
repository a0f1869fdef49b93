package dev.tidemark.core.json;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Cuts a stream of bytes into items, whose text it does not judge. */
final class ItemScanner {

    private static final int BUFFER = 8 * 1024;
    private static final boolean[] STRUCTURE = bytes("{}[]\"");
    private static final boolean[] STRING = bytes("\"\\");
    private static final boolean[] LINE = bytes("\n");
    static final int END = -1;

    private final InputStream input;
    private byte[] buffer = new byte[BUFFER];
    private int item;
    private int next;
    private int limit;
    private int counted;
    private boolean whole = true;
    private final TextPlace place = new TextPlace();

    ItemScanner(InputStream input) {
        this.input = input;
    }

    /** The next byte that is no white space, not taken; {@link #END} at the end. */
    int peek() {
        item = next;
        var current = read();
        while (current == ' ' || current == '\n' || current == '\r' || current == '\t') {
            item = next;
            current = read();
        }
        if (current != END) {
            next--;
        }
        return current;
    }

    /** Takes the byte that {@link #peek} saw. */
    void skip() {
        read();
    }

    /** RFC 8259 allows to ignore it, and editors on Windows write it. */
    void skipByteOrderMark() {
        if (read() != 0xEF || read() != 0xBB || read() != 0xBF) {
            next = 0;
        }
        counted = next;
    }

    /** The value that begins here, up to the bracket that closes it, or up to what separates it from the next one. */
    ScannedItem value() {
        var first = peek();
        count();
        var startLine = place.line();
        var startColumn = place.column() + 1;
        if (first == '{' || first == '[') {
            brackets();
        } else {
            scalar();
        }
        return taken(startLine, startColumn);
    }

    /** What the buffer holds of the value that begins here, and of what follows. */
    ByteBuffer rest() {
        peek();
        return ByteBuffer.wrap(buffer, next, limit - next);
    }

    /** Takes the value that begins here, whose end somebody found in {@link #rest}. */
    ScannedItem value(int length) {
        count();
        var startLine = place.line();
        var startColumn = place.column() + 1;
        next += length;
        return taken(startLine, startColumn);
    }

    /** The string that begins here. */
    ScannedItem name() {
        count();
        var startLine = place.line();
        var startColumn = place.column() + 1;
        skip();
        string();
        return taken(startLine, startColumn);
    }

    /** The line that begins here, without its end; empty when there is none. */
    Optional<ScannedItem> line() {
        item = next;
        count();
        var startLine = place.line();
        if (next == limit && !fill()) {
            return Optional.empty();
        }
        var current = seek(LINE);
        var length = current == END ? next - item : next - item - 1;
        var scanned = new ScannedItem(ByteBuffer.wrap(buffer, item, length), whole, startLine, 1);
        whole = true;
        return Optional.of(scanned);
    }

    CallerException error(String message) {
        count();
        return error(place.line(), place.column() + 1, message);
    }

    static CallerException error(long line, long column, String message) {
        return new CallerException(ErrorCode.BAD_USER_INPUT, "Line " + line + ", column " + column + ": " + message);
    }

    private void brackets() {
        var depth = 0;
        do {
            switch (seek(STRUCTURE)) {
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                case '"' -> string();
                default -> throw error("the text ends amid a value, brackets are not closed.");
            }
        } while (depth > 0);
    }

    private void string() {
        while (true) {
            switch (seek(STRING)) {
                case '"' -> {
                    return;
                }
                case '\\' -> read();
                default -> throw error("the text ends amid a string.");
            }
        }
    }

    /** Takes all up to the next byte that is one of these, and that one; {@link #END} at the end. */
    private int seek(boolean[] sought) {
        while (true) {
            var bytes = buffer;
            var end = limit;
            for (int i = next; i < end; i++) {
                if (sought[bytes[i] & 0xFF]) {
                    next = i + 1;
                    return bytes[i];
                }
            }
            next = end;
            if (!fill()) {
                return END;
            }
        }
    }

    private void scalar() {
        int current;
        do {
            current = read();
            if (current == '"') {
                string();
            }
        } while (current != ',' && current != ']' && current != '}' && current != '\n' && current != END);
        if (current != END) {
            next--;
        }
    }

    private ScannedItem taken(long startLine, long startColumn) {
        var scanned = new ScannedItem(ByteBuffer.wrap(buffer, item, next - item), whole, startLine, startColumn);
        item = next;
        whole = true;
        return scanned;
    }

    private int read() {
        return next == limit && !fill() ? END : buffer[next++] & 0xFF;
    }

    /** Counts up to here. Apart from reading, because the place is needed at the ends of items only. */
    private void count() {
        place.count(buffer, counted, next);
        counted = next;
    }

    /** Reads on, keeping the bytes of the current item as far as they are wanted. */
    private boolean fill() {
        makeRoom();
        try {
            var count = input.read(buffer, limit, buffer.length - limit);
            limit += Math.max(0, count);
            return count > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void makeRoom() {
        count();
        if (item > 0) {
            System.arraycopy(buffer, item, buffer, 0, limit - item);
            next -= item;
            counted = next;
            limit -= item;
            item = 0;
        }
        if (limit < buffer.length) {
            return;
        }
        if (buffer.length < JsonLimits.ITEM_BYTES) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        } else {
            whole = false;
            next = JsonLimits.RAW_CHARACTERS;
            counted = next;
            limit = next;
        }
    }

    private static boolean[] bytes(String text) {
        var bytes = new boolean[256];
        text.chars().forEach(b -> bytes[b] = true);
        return bytes;
    }
}

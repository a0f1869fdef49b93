package dev.tidemark.core.json;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** An object that may hold its items in a member that is an array. Keeps the text of all but these. */
final class Wrapper {

    private final ItemScanner scanner;
    private final ByteBuffer array;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private boolean whole = true;
    private boolean hasArray;

    /** @param array the name of the member */
    Wrapper(ItemScanner scanner, String array) {
        this.scanner = scanner;
        this.array = StandardCharsets.UTF_8.encode('"' + array + '"');
    }

    /**
     * Reads the object that begins here.
     *
     * @param items reads the array at whose bracket the scanner then stands
     */
    void read(Runnable items) {
        take();
        if (scanner.peek() == '}') {
            take();
            return;
        }
        while (true) {
            member(items);
            switch (scanner.peek()) {
                case ',' -> take();
                case '}' -> {
                    take();
                    return;
                }
                default -> throw scanner.error("a comma or the end of the object is expected here.");
            }
        }
    }

    boolean hasArray() {
        return hasArray;
    }

    /** The object, its array being empty. */
    ScannedItem object() {
        return new ScannedItem(ByteBuffer.wrap(text.toByteArray()), whole, 1, 1);
    }

    private void member(Runnable items) {
        if (scanner.peek() != '"') {
            throw scanner.error("the name of a member is expected here.");
        }
        var isArray = keep(scanner.name()).bytes().equals(array);
        if (scanner.peek() != ':') {
            throw scanner.error("a colon is expected here.");
        }
        take();
        if (isArray && scanner.peek() == '[') {
            hasArray = true;
            items.run();
            text.writeBytes(new byte[] {'[', ']'});
        } else {
            keep(scanner.value());
        }
    }

    private void take() {
        text.write(scanner.peek());
        scanner.skip();
    }

    private ScannedItem keep(ScannedItem part) {
        whole &= part.whole() && text.size() + part.bytes().remaining() <= JsonLimits.ITEM_BYTES;
        if (whole) {
            var bytes = part.bytes();
            text.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        }
        return part;
    }
}

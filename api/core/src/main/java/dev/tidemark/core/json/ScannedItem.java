package dev.tidemark.core.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of one item, lent until the next one is scanned.
 *
 * @param whole whether these are all; what is longer than an item may be is cut off
 * @param line where it begins in the input, from 1
 * @param column from 1
 */
record ScannedItem(ByteBuffer bytes, boolean whole, long line, long column) {

    /** The text as far as a dead letter keeps it; every character of it can be stored. */
    String raw() {
        var kept = bytes.duplicate();
        kept.limit(Math.min(kept.limit(), kept.position() + JsonLimits.RAW_CHARACTERS));
        var text = StorableText.escaped(StandardCharsets.UTF_8.decode(kept).toString());
        return whole && kept.limit() == bytes.limit() ? text : text + "…";
    }

    void requireUtf8() throws SpoiledException {
        var text = CharBuffer.allocate(bytes.remaining());
        var result = StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate(), text, true);
        if (result.isError()) {
            throw new SpoiledException(
                    "bad_encoding", "", "The text is not UTF-8 at its character " + (text.position() + 1) + ".");
        }
    }

    boolean isBlank() {
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            if (" \t\r".indexOf(bytes.get(i)) < 0) {
                return false;
            }
        }
        return true;
    }
}

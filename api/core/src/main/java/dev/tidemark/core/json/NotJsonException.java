package dev.tidemark.core.json;

import java.io.Serial;

/** The text of an item breaks the grammar of JSON. */
final class NotJsonException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final String sentence;
    private final long line;
    private final long column;

    /** @param line of the item's text, from 1 */
    NotJsonException(long line, long column, String message) {
        super(message, null, false, false);
        this.sentence = message;
        this.line = line;
        this.column = column;
    }

    String sentence() {
        return sentence;
    }

    long line(ScannedItem item) {
        return item.line() + line - 1;
    }

    long column(ScannedItem item) {
        return line == 1 ? item.column() + column - 1 : column;
    }
}

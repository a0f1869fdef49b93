package dev.tidemark.imports.files;

import dev.tidemark.spi.Refusal;

/**
 * What is wrong with a row.
 *
 * @param column the property or column at fault; "" when it is the whole row
 */
public record Problem(long line, String column, String code, String message) {

    public static Problem of(long line, Refusal reason) {
        var pointer = reason.pointer();
        var property = pointer.startsWith("/properties/") ? pointer.substring("/properties".length()) : pointer;
        var column = property.isEmpty()
                ? ""
                : property.substring(1).replace("~1", "/").replace("~0", "~");
        return new Problem(line, column, reason.code(), reason.message());
    }

    /** The same with its place in the message. */
    public Problem placed() {
        var place = "Line " + line + (column.isEmpty() ? "" : " (" + column + ")");
        return new Problem(line, column, code, place + ": " + message);
    }
}

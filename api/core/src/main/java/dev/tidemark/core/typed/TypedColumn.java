package dev.tidemark.core.typed;

import dev.tidemark.core.questions.relations.CollectionColumns;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Declaration;
import dev.tidemark.spi.Relation.Column;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A column and its name in typed fields.
 *
 * @param field in camel case
 */
record TypedColumn(String field, Column column) {

    private static final Pattern UPPER = Pattern.compile("(?=[A-Z])");

    String name() {
        return column.name();
    }

    ColumnType type() {
        return column.type();
    }

    Declaration declaration() {
        return column.declaration();
    }

    /** Its name in enums. */
    String constant() {
        return constant(field);
    }

    static String constant(String field) {
        return UPPER.matcher(field).replaceAll("_").toUpperCase(Locale.ROOT);
    }

    /** Whether it has single values, which can be compared. */
    boolean isScalar() {
        return type() != ColumnType.JSON && !type().isList();
    }

    /** Whether its values can be compared and counted. */
    boolean isMeasurable() {
        return !isId() && isScalar();
    }

    boolean isNumber() {
        return !isId() && type().isNumber();
    }

    /** The row's own number, which typed fields show as a global id. */
    boolean isId() {
        return name().equals(CollectionColumns.ID);
    }
}

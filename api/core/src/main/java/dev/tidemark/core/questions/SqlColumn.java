package dev.tidemark.core.questions;

import static dev.tidemark.core.questions.SqlFragment.sql;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Relation.Column;

/**
 * A column of a relation and how SQL computes it.
 *
 * @param required whether every row has a value
 */
record SqlColumn(Column column, SqlFragment expression, boolean required) {

    static SqlColumn of(Column column) {
        return new SqlColumn(column, SqlFragment.name(column.name()), false);
    }

    static SqlColumn required(Column column) {
        return new SqlColumn(column, SqlFragment.name(column.name()), true);
    }

    /** A column of the same kind that SQL computes otherwise. */
    SqlColumn as(SqlFragment other) {
        return new SqlColumn(column, other, required);
    }

    ColumnType type() {
        return column.type();
    }

    /** For all but equality: text goes by its code points. */
    SqlFragment ordered() {
        return type() == ColumnType.TEXT ? sql("{} collate \"C\"", expression) : expression;
    }

    /** JSON and lists can be read and tested, but neither grouped, ordered nor measured. */
    boolean isScalar() {
        return type() != ColumnType.JSON && !type().isList();
    }

    /** The refusal of a use that the type does not allow, such as "summed". */
    CallerException cannotBe(String verb, String remedy, String... path) {
        return new CallerException(
                ErrorCode.BAD_USER_INPUT,
                "Property \"" + column.label() + "\" has type " + type() + " and cannot be " + verb + ": " + remedy
                        + ".",
                path);
    }
}

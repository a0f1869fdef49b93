package dev.tidemark.spi;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.Relation.Column;

/**
 * A column of a relation and how SQL computes it.
 *
 * @param required whether every row has a value
 */
public record SqlColumn(Column column, SqlFragment expression, boolean required) {

    public static SqlColumn of(Column column) {
        return new SqlColumn(column, SqlFragment.name(column.name()), false);
    }

    public static SqlColumn required(Column column) {
        return new SqlColumn(column, SqlFragment.name(column.name()), true);
    }

    /** A column of the same kind that SQL computes otherwise. */
    public SqlColumn as(SqlFragment other) {
        return new SqlColumn(column, other, required);
    }

    public ColumnType type() {
        return column.type();
    }

    /** For all but equality: text goes by its code points. */
    public SqlFragment ordered() {
        return type() == ColumnType.TEXT ? sql("{} collate \"C\"", expression) : expression;
    }

    /** JSON and lists can be read and tested, but neither grouped, ordered nor measured. */
    public boolean isScalar() {
        return type() != ColumnType.JSON && !type().isList();
    }

    /** The refusal of a use that the type does not allow, such as "summed". */
    public CallerException cannotBe(String verb, String remedy, String... path) {
        return new CallerException(
                ErrorCode.BAD_USER_INPUT,
                "Property \"" + column.label() + "\" has type " + type() + " and cannot be " + verb + ": " + remedy
                        + ".",
                path);
    }
}

package dev.tidemark.core.questions.sql;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Filter.Comparison;
import dev.tidemark.spi.SqlColumn;

/** Which filters fit which columns, be they asked of the database or of events in memory. */
public final class FilterFit {

    private FilterFit() {}

    /** @throws CallerException when values of the column have no order that the comparison could ask for */
    public static void requireOrdered(SqlColumn column, Comparison comparison, String... path) {
        if (comparison == Comparison.EQ || comparison == Comparison.NE) {
            return;
        }
        if (column.type().isList()) {
            throw column.cannotBe("ordered", "eq and in ask whether a list has an element", path);
        }
        if (column.type() == ColumnType.JSON) {
            throw column.cannotBe("ordered", "only eq, ne, in and isSet are for JSON", path);
        }
    }

    /** @throws CallerException when the column has no text to match */
    public static void requireText(SqlColumn column, String... path) {
        if (column.type() != ColumnType.TEXT) {
            throw column.cannotBe("matched", "contains, startsWith and endsWith are for TEXT", path);
        }
    }
}

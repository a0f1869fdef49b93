package dev.tidemark.spi;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Many values as one parameter of a statement: for {@code = any(?)}, or as one column of many rows for {@code unnest}. */
public final class ArrayParameter {

    private ArrayParameter() {}

    /** @param type PostgreSQL's name of the values' type, such as {@code text} or {@code bigint} */
    public static void set(PreparedStatement statement, int index, String type, Collection<?> values)
            throws SQLException {
        statement.setArray(index, statement.getConnection().createArrayOf(type, values.toArray()));
    }

    /** The same of what each row has in the column. */
    public static <T> void set(
            PreparedStatement statement,
            int index,
            String type,
            Collection<T> rows,
            Function<T, @Nullable Object> value)
            throws SQLException {
        set(statement, index, type, rows.stream().map(value).toList());
    }
}

package dev.tidemark.core.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One column of many rows as one parameter, for {@code unnest}. */
public final class ArrayParameter {

    private ArrayParameter() {}

    public static <T> void set(
            PreparedStatement statement, int index, String type, List<T> rows, Function<T, @Nullable Object> value)
            throws SQLException {
        var elements = rows.stream().map(value).toArray();
        statement.setArray(index, statement.getConnection().createArrayOf(type, elements));
    }
}

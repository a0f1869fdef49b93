package dev.tidemark.core.questions.sql;

import static dev.tidemark.spi.SqlFragment.joined;
import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.SqlColumn;
import dev.tidemark.spi.SqlFragment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The order of rows, and the condition that a row comes after a given one. Rows without a value come last. */
public record Keyset(List<Key> keys) {

    public List<SqlFragment> order() {
        return keys.stream().map(Key::order).toList();
    }

    /** @param last the values of the keys of the row before */
    public SqlFragment after(List<@Nullable Object> last) {
        if (last.size() != keys.size()) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT, "The place to go on from does not fit the order.", "after");
        }
        var ways = new ArrayList<SqlFragment>();
        var equal = new ArrayList<SqlFragment>();
        for (int i = 0; i < keys.size(); i++) {
            var key = keys.get(i);
            var value = last.get(i);
            if (value != null) {
                ways.add(joined(" and ", and(equal, key.beyond(value))));
            }
            equal.add(key.same(value));
        }
        var beyond = ways.isEmpty() ? sql("false") : sql("({})", joined(" or ", ways));
        // says again what follows from the rest, in words that choose partitions and indexes
        var first = last.getFirst();
        return first != null && keys.getFirst().column().required()
                ? sql("{} and {}", keys.getFirst().notBefore(first), beyond)
                : beyond;
    }

    private static List<SqlFragment> and(List<SqlFragment> conditions, SqlFragment last) {
        var all = new ArrayList<>(conditions);
        all.add(last);
        return all;
    }

    public record Key(SqlColumn column, boolean descending) {

        /** Plainly where no value is missing, so that an index can be read backwards. */
        private SqlFragment order() {
            if (!descending) {
                return column.ordered();
            }
            return column.required() ? sql("{} desc", column.ordered()) : sql("{} desc nulls last", column.ordered());
        }

        private SqlFragment beyond(Object value) {
            var beyond = descending
                    ? sql("{} < {}", column.ordered(), parameter(value))
                    : sql("{} > {}", column.ordered(), parameter(value));
            return column.required() ? beyond : sql("({} or {} is null)", beyond, column.expression());
        }

        private SqlFragment notBefore(Object value) {
            return descending
                    ? sql("{} <= {}", column.ordered(), parameter(value))
                    : sql("{} >= {}", column.ordered(), parameter(value));
        }

        private SqlFragment same(@Nullable Object value) {
            return value == null
                    ? sql("{} is null", column.expression())
                    : sql("{} = {}", column.expression(), parameter(value));
        }

        private SqlFragment parameter(Object value) {
            return SqlFragment.value(Values.of(column, value, "after"));
        }
    }
}

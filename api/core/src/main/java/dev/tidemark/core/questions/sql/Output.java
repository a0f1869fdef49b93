package dev.tidemark.core.questions.sql;

import dev.tidemark.spi.SqlFragment;
import java.math.BigDecimal;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One column of an answer.
 *
 * @param sql what PostgreSQL computes
 * @param isNumber whether it can be compared with a number
 * @param decoder makes the answer's value of PostgreSQL's
 */
public record Output(String name, SqlFragment sql, boolean isNumber, UnaryOperator<Object> decoder) {

    public static Output number(String name, SqlFragment sql) {
        return new Output(name, sql, true, UnaryOperator.identity());
    }

    public static Output of(String name, SqlFragment sql, boolean isNumber) {
        return new Output(name, sql, isNumber, UnaryOperator.identity());
    }

    /** The same, computed by SQL in another place. */
    public Output as(SqlFragment other) {
        return new Output(name, other, isNumber, decoder);
    }

    @Nullable
    public Object decoded(@Nullable Object value) {
        return value == null ? null : decoder.apply(value);
    }

    /** A sum of whole numbers: PostgreSQL's is of arbitrary size. */
    static Object wholeNumber(Object sum) {
        var exact = (BigDecimal) sum;
        return exact.toBigIntegerExact().bitLength() < Long.SIZE
                ? (Object) exact.longValueExact()
                : exact.toBigIntegerExact();
    }
}

package dev.tidemark.core.questions.aggregates;

import dev.tidemark.core.questions.sql.ValueOrder;
import dev.tidemark.core.questions.sql.Values;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Filter.Comparison;
import dev.tidemark.spi.Question.Having;
import dev.tidemark.spi.SqlFragment.Parameter;
import org.jspecify.annotations.Nullable;

/** A condition on a measure. */
final class HavingTest {

    private HavingTest() {}

    static Parameter number(Having having) {
        return Values.number(having.value())
                .map(number -> new Parameter(ColumnType.NUMERIC, number))
                .orElseThrow(() -> new CallerException(
                        ErrorCode.BAD_USER_INPUT, "A measure is compared with a number in range.", "having"));
    }

    /** Whether a value passes, as PostgreSQL would decide. */
    static boolean passes(Having having, @Nullable Object value) {
        if (value == null) {
            return having.comparison() == Comparison.NE;
        }
        var order = ValueOrder.compare(value, number(having).value());
        return switch (having.comparison()) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case LT -> order < 0;
            case LTE -> order <= 0;
            case GT -> order > 0;
            case GTE -> order >= 0;
        };
    }
}

package dev.tidemark.core.questions.relations;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.core.questions.aggregates.Groups;
import dev.tidemark.core.questions.sql.FilterSql;
import dev.tidemark.core.questions.sql.Keyset;
import dev.tidemark.core.questions.sql.Select;
import dev.tidemark.core.questions.sql.SqlColumns;
import dev.tidemark.spi.Answer;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Question;
import dev.tidemark.spi.Question.Order;
import dev.tidemark.spi.Question.OrderedValue;
import dev.tidemark.spi.Snapshot;
import dev.tidemark.spi.SqlFragment;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Answers one {@link Question.Rows} from a table. */
final class RowsQuestion {

    private final Question.Rows question;
    private final Select select;

    RowsQuestion(SqlFragment table, SqlColumns columns, Question.Rows question) {
        this.question = question;
        var keyset = new Keyset(
                question.order().stream().map(order -> key(columns, order)).toList());
        var all = Select.from(table)
                .columns(question.columns().stream()
                        .map(column -> expression(columns, column))
                        .toList())
                .where(new FilterSql(columns, "where").conditions(question.filter()))
                .orderBy(keyset.order())
                .limit(question.first());
        this.select = question.after()
                .map((List<@Nullable Object> last) -> all.where(List.of(keyset.after(last))))
                .orElse(all);
    }

    /** @throws CallerException when it asks for too many rows to have them at once */
    RowsQuestion requirePage() {
        if (question.first() < 1 || question.first() > Groups.MOST) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT, "One asks for 1 to " + Groups.MOST + " rows at once.", "first");
        }
        return this;
    }

    void stream(Snapshot snapshot, Consumer<List<@Nullable Object>> each) {
        snapshot.stream(select.toSql(), each);
    }

    Answer answer(Snapshot snapshot) {
        return new Answer(
                question.columns(),
                snapshot.rows(select.toSql()),
                new Answer.Freshness(snapshot.asOf(), Answer.Source.RAW, Optional.empty()));
    }

    private static SqlFragment expression(SqlColumns columns, String column) {
        return column.equals(Question.Rows.COUNT)
                ? sql("count(*) over ()")
                : columns.named(column, "columns").expression();
    }

    private static Keyset.Key key(SqlColumns columns, Order order) {
        if (order.value() != OrderedValue.VALUE) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT, "Rows have no " + order.value() + ": order by the value.", "orderBy");
        }
        var column = columns.named(order.by(), "orderBy");
        if (!column.isScalar()) {
            throw column.cannotBe("ordered", "order by a single value", "orderBy");
        }
        return new Keyset.Key(column, order.descending());
    }
}

package dev.tidemark.core.questions.relations;

import dev.tidemark.core.questions.aggregates.AggregateQuestion;
import dev.tidemark.core.questions.sql.FilterSql;
import dev.tidemark.core.questions.sql.SqlColumns;
import dev.tidemark.core.questions.sql.Values;
import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.Answer;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Explanation;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Question;
import dev.tidemark.spi.Relation;
import dev.tidemark.spi.Snapshot;
import dev.tidemark.spi.SqlColumn;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlRelation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A relation whose rows are those of one table or view.
 *
 * @param readiness throws {@link CallerException} while it cannot be asked
 */
public record TableRelation(
        String name,
        SqlFragment table,
        SqlColumns sqlColumns,
        List<String> key,
        List<String> collections,
        Database database,
        Duration timeLimit,
        Runnable readiness)
        implements Relation, SqlRelation {

    /** The senders' name. */
    String label() {
        return sqlColumns.relation();
    }

    @Override
    public List<Column> columns() {
        return sqlColumns.all().stream().map(SqlColumn::column).toList();
    }

    @Override
    public Optional<Column> column(String nameOrLabel) {
        return sqlColumns.find(nameOrLabel).map(SqlColumn::column);
    }

    @Override
    public SqlColumn named(String nameOrLabel, String... path) {
        return sqlColumns.named(nameOrLabel, path);
    }

    @Override
    public SqlFragment value(SqlColumn column, Object value, String... path) {
        return SqlFragment.value(Values.of(column, value, path));
    }

    @Override
    public SqlFragment condition(Filter filter) {
        return new FilterSql(sqlColumns, "where").of(filter);
    }

    @Override
    public Answer answer(Question question) {
        readiness.run();
        return QuestionStore.read(database, timeLimit, answering(question));
    }

    @Override
    public Answer answer(Snapshot snapshot, Aggregate question) {
        readiness.run();
        return new AggregateQuestion(table, sqlColumns, question).answer(snapshot);
    }

    @Override
    public List<Explanation.Statement> explain(Question question) {
        return QuestionStore.explain(database, timeLimit, answering(question));
    }

    private Function<Snapshot, Answer> answering(Question question) {
        return switch (question) {
            case Question.Rows rows -> new RowsQuestion(table, sqlColumns, rows).requirePage()::answer;
            case Aggregate aggregate -> new AggregateQuestion(table, sqlColumns, aggregate)::answer;
        };
    }

    @Override
    public void stream(Question.Rows question, Consumer<List<@Nullable Object>> each) {
        readiness.run();
        var asked = new RowsQuestion(table, sqlColumns, question);
        var isFirst = new AtomicBoolean(true);
        QuestionStore.read(database, timeLimit, snapshot -> {
            requireFirst(isFirst.getAndSet(false));
            asked.stream(snapshot, each);
            return question;
        });
    }

    /** A transaction that met a conflict is run again, and rows are out already. */
    private static void requireFirst(boolean isFirst) {
        if (!isFirst) {
            throw new CallerException(ErrorCode.UNAVAILABLE, "The tables were changed meanwhile: ask again.");
        }
    }
}

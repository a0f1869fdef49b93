package dev.tidemark.core.questions;

import dev.tidemark.core.questions.QuestionStore.Snapshot;
import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.Answer;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.Explanation;
import dev.tidemark.spi.Question;
import dev.tidemark.spi.Relation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A relation whose rows are those of one table or view. */
record TableRelation(String name, SqlFragment table, SqlColumns sqlColumns, Database database, Duration timeLimit)
        implements Relation {

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
    public Answer answer(Question question) {
        return QuestionStore.read(database, timeLimit, answering(question));
    }

    @Override
    public List<Explanation.Statement> explain(Question question) {
        return QuestionStore.explain(database, timeLimit, answering(question));
    }

    private Function<Snapshot, Answer> answering(Question question) {
        return switch (question) {
            case Question.Rows rows -> new RowsQuestion(table, sqlColumns, rows)::answer;
            case Aggregate aggregate -> new AggregateQuestion(table, sqlColumns, aggregate)::answer;
        };
    }
}

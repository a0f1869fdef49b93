package dev.tidemark.core.questions;

import dev.tidemark.spi.Answer;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.Question;
import dev.tidemark.spi.Relation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A relation whose rows are those of one table or view. */
record TableRelation(String name, SqlFragment table, SqlColumns sqlColumns, Database database, Duration timeLimit)
        implements Relation {

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
        return switch (question) {
            case Question.Rows rows -> {
                var asked = new RowsQuestion(table, sqlColumns, rows);
                yield QuestionStore.read(database, timeLimit, asked::answer);
            }
            case Question.Aggregate aggregate -> {
                var asked = new AggregateQuestion(table, sqlColumns, aggregate);
                yield QuestionStore.read(database, timeLimit, asked::answer);
            }
        };
    }
}

package dev.tidemark.core.questions.relations;

import dev.tidemark.core.questions.aggregates.AggregateQuestion;
import dev.tidemark.core.questions.sql.SqlColumns;
import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.Answer;
import dev.tidemark.spi.Relation;
import dev.tidemark.spi.Snapshot;
import dev.tidemark.spi.SqlFragment;
import java.util.List;

/** Answers aggregates by its rows. */
interface AggregateSnapshot extends Snapshot {

    @Override
    default Answer answer(SqlFragment table, List<Relation.Column> columns, Aggregate question) {
        var known = SqlColumns.of(question.relations().getFirst(), columns);
        return new AggregateQuestion(table, known, question).answer(this);
    }
}

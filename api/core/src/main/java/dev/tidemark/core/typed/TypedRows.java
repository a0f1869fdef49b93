package dev.tidemark.core.typed;

import dev.tidemark.core.questions.AnsweredPage;
import dev.tidemark.core.questions.ConditionInput;
import dev.tidemark.core.questions.QuestionEngine;
import dev.tidemark.core.questions.RowPages;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.Page;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads pages of a relation's rows: of each row only the columns that were selected. */
record TypedRows(TypedRelation relation, QuestionEngine questions)
        implements DataFetcher<AnsweredPage<Map<String, @Nullable Object>>> {

    @Override
    public AnsweredPage<Map<String, @Nullable Object>> get(DataFetchingEnvironment environment) {
        var project = Caller.of(environment).project();
        var arguments = Arguments.of(environment);
        var columns = selected(environment);
        var names = columns.stream().map(TypedColumn::name).toList();
        return new RowPages(
                        question -> questions.answer(project, question),
                        List.of(relation.name()),
                        names,
                        relation.key())
                .page(
                        ConditionInput.typed(arguments, relation::columnOf),
                        RowPages.orders(arguments),
                        Page.of(environment),
                        found -> found.stream()
                                .map(row -> relation.node(project, columns, row))
                                .toList());
    }

    private List<TypedColumn> selected(DataFetchingEnvironment environment) {
        return relation.selected(environment.getSelectionSet().getFields("edges/node/*", "nodes/*"));
    }
}

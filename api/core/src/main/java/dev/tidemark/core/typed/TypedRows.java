package dev.tidemark.core.typed;

import dev.tidemark.core.questions.AnsweredPage;
import dev.tidemark.core.questions.ConditionInput;
import dev.tidemark.core.questions.EventRows;
import dev.tidemark.core.questions.QuestionEngine;
import dev.tidemark.core.questions.RowPages;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.Page;
import dev.tidemark.spi.Project;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.SelectedField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
                                .map(row -> node(project, columns, row))
                                .toList());
    }

    private List<TypedColumn> selected(DataFetchingEnvironment environment) {
        var fields = environment.getSelectionSet().getFields("edges/node/*", "nodes/*").stream()
                .map(SelectedField::getName)
                .collect(Collectors.toSet());
        return relation.columns(column -> fields.contains(column.field()));
    }

    private Map<String, @Nullable Object> node(Project project, List<TypedColumn> columns, List<@Nullable Object> row) {
        var node = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < columns.size(); i++) {
            var value = row.get(i);
            var isId = columns.get(i).isId() && value != null;
            node.put(columns.get(i).field(), isId ? EventRows.id(project, relation.name(), value) : value);
        }
        return node;
    }
}

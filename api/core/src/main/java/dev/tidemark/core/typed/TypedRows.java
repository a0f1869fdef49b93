package dev.tidemark.core.typed;

import dev.tidemark.core.questions.QuestionEngine;
import dev.tidemark.core.questions.RowPages;
import dev.tidemark.core.questions.answers.AnsweredPage;
import dev.tidemark.core.questions.input.ConditionInput;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Page;
import dev.tidemark.spi.Project;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.SelectedField;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads pages of a relation's rows: of each row only the columns that were selected. */
record TypedRows(TypedRelation relation, QuestionEngine questions)
        implements DataFetcher<AnsweredPage<Map<String, @Nullable Object>>> {

    @Override
    public AnsweredPage<Map<String, @Nullable Object>> get(DataFetchingEnvironment environment) {
        var project = Caller.of(environment).project();
        var arguments = Arguments.of(environment);
        var columns = relation.selected(fields(environment, ""));
        var ofPerson = relation.people()
                .map(known -> known.selected(fields(environment, "/" + TypedRelation.PERSON_PROPERTIES)))
                .orElse(List.of());
        return new RowPages(
                        question -> questions.answer(project, question),
                        List.of(relation.name()),
                        names(columns, ofPerson),
                        relation.key())
                .page(
                        ConditionInput.typed(arguments, relation::columnOf),
                        RowPages.orders(arguments),
                        Page.of(environment),
                        found -> found.stream()
                                .map(row -> node(project, columns, ofPerson, row))
                                .toList());
    }

    /** @param below the field of a row that leads there */
    private static List<SelectedField> fields(DataFetchingEnvironment environment, String below) {
        return environment.getSelectionSet().getFields("edges/node" + below + "/*", "nodes" + below + "/*");
    }

    private static List<String> names(List<TypedColumn> columns, List<TypedColumn> ofPerson) {
        return Stream.concat(
                        columns.stream().map(TypedColumn::name),
                        ofPerson.stream().map(column -> EventCollection.OF_PERSON + column.name()))
                .toList();
    }

    private Map<String, @Nullable Object> node(
            Project project, List<TypedColumn> columns, List<TypedColumn> ofPerson, List<@Nullable Object> row) {
        var node = relation.node(project, columns, row);
        relation.people()
                .ifPresent(known -> node.put(
                        TypedRelation.PERSON_PROPERTIES,
                        known.node(project, ofPerson, row.subList(columns.size(), row.size()))));
        return node;
    }
}

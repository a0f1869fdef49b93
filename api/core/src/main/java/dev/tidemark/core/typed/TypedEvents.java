package dev.tidemark.core.typed;

import dev.tidemark.core.questions.QuestionEngine;
import dev.tidemark.core.questions.events.EventColumn;
import dev.tidemark.core.questions.input.ConditionInput;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Connection.Edge;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.EventFeeds;
import dev.tidemark.spi.EventFeeds.Told;
import dev.tidemark.spi.EventTest;
import dev.tidemark.spi.Feed;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.StoredEvent;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.SelectedField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells events of the collections that are selected. The value of what is told holds, by the key of its result, the event of each
 * selection that it passes.
 *
 * @param relations the collections by their fields
 */
record TypedEvents(Map<String, TypedRelation> relations, QuestionEngine questions, EventFeeds feeds)
        implements DataFetcher<Feed<Map<String, Edge<Map<String, @Nullable Object>>>>> {

    /** @param columns those that are shown */
    private record Selected(EventTest test, TypedRelation relation, List<TypedColumn> columns) {

        Map<String, @Nullable Object> node(Project project, StoredEvent event) {
            List<@Nullable Object> row = new ArrayList<>();
            for (var column : columns) {
                row.add(EventColumn.of(event.collection(), column.name()).value(event));
            }
            return relation.node(project, columns, row);
        }
    }

    @Override
    public Feed<Map<String, Edge<Map<String, @Nullable Object>>>> get(DataFetchingEnvironment environment) {
        var project = Caller.of(environment).project();
        Map<String, Selected> all = new LinkedHashMap<>();
        for (var field : environment.getSelectionSet().getImmediateFields()) {
            var relation = relations.get(field.getName());
            if (relation != null) {
                all.put(field.getResultKey(), selected(project, relation, field));
            }
        }
        if (all.isEmpty()) {
            throw new CallerException(ErrorCode.BAD_USER_INPUT, "Select at least one of the collections.");
        }
        return feeds.feed(project, all.values().stream().map(Selected::test).toList(), Feed.after(environment))
                .map(told -> edges(project, all, told));
    }

    private Selected selected(Project project, TypedRelation relation, SelectedField field) {
        try {
            var arguments = new Arguments(new LinkedHashMap<String, @Nullable Object>(field.getArguments()));
            var filter = ConditionInput.typed(arguments, relation::columnOf);
            var columns = relation.selected(field.getSelectionSet().getFields("node/*"));
            return new Selected(questions.test(project, relation.name(), filter), relation, columns);
        } catch (CallerException e) {
            throw e.within(field.getResultKey());
        }
    }

    private static Map<String, Edge<Map<String, @Nullable Object>>> edges(
            Project project, Map<String, Selected> all, Told told) {
        Map<String, Edge<Map<String, @Nullable Object>>> edges = new LinkedHashMap<>();
        all.forEach((key, selected) -> {
            if (selected.test().test(told.event())) {
                edges.put(key, new Edge<>(told.cursor(), selected.node(project, told.event())));
            }
        });
        return edges;
    }
}

package dev.tidemark.core.questions;

import dev.tidemark.core.catalog.snapshot.Columns;
import dev.tidemark.core.questions.answers.AnsweredPage;
import dev.tidemark.core.questions.events.EventRows;
import dev.tidemark.core.questions.events.EventRows.Event;
import dev.tidemark.core.questions.relations.CollectionColumns;
import dev.tidemark.spi.Answer;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Page;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Question;
import dev.tidemark.spi.Question.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pages of the events of one collection or of several. */
final class EventPages {

    private static final List<String> PLACE =
            List.of(CollectionColumns.COLLECTION, CollectionColumns.ID, CollectionColumns.TIME);

    private final QuestionEngine questions;
    private final Project project;
    private final List<EventCollection> collections;

    /** @throws dev.tidemark.spi.CallerException when one of them is no collection */
    EventPages(QuestionEngine questions, Project project, List<String> collections) {
        this.questions = questions;
        this.project = project;
        this.collections = collections.stream()
                .map(name -> questions.collection(project, name))
                .map(Columns::collection)
                .toList();
    }

    /** @param order by columns' names; the id is added, for it tells apart what is otherwise equal */
    AnsweredPage<Event> page(Filter filter, List<Order> order, Page page) {
        var names = collections.stream().map(EventCollection::name).toList();
        var key = List.of(CollectionColumns.ID);
        if (collections.size() > 1) {
            return new RowPages(this::answer, names, PLACE, key).page(filter, order, page, this::events);
        }
        var rows = rows(collections.getFirst());
        return new RowPages(this::answer, names, rows.columns(), key)
                .page(
                        filter,
                        order,
                        page,
                        found -> found.stream().map(rows::event).toList());
    }

    private Answer answer(Question.Rows question) {
        return questions.answer(project, question);
    }

    private EventRows rows(EventCollection collection) {
        return new EventRows(project, collection);
    }

    /** Each collection has properties of its own, so each is read by itself. */
    private List<Event> events(List<List<@Nullable Object>> places) {
        Map<Object, Event> events = new HashMap<>();
        for (var collection : collections) {
            var ids = places.stream()
                    .filter(place -> collection.label().equals(place.getFirst()))
                    .toList();
            if (!ids.isEmpty()) {
                events.putAll(events(collection, ids));
            }
        }
        if (events.size() < places.size()) {
            throw new CallerException(
                    ErrorCode.UNAVAILABLE, "Events of this page were deleted just now: ask once more.");
        }
        return places.stream()
                .map(place -> Objects.requireNonNull(events.get(Objects.requireNonNull(place.get(1)))))
                .toList();
    }

    private Map<Object, Event> events(EventCollection collection, List<List<@Nullable Object>> places) {
        var rows = rows(collection);
        var question = new Question.Rows(
                List.of(collection.name()),
                rows.columns(),
                new Filter.And(List.of(
                        new Filter.In(CollectionColumns.ID, column(places, 1)),
                        new Filter.In(CollectionColumns.TIME, column(places, 2)))),
                List.of(),
                places.size(),
                Optional.empty());
        Map<Object, Event> events = new HashMap<>();
        for (var row : answer(question).rows()) {
            events.put(Objects.requireNonNull(row.getFirst()), rows.event(row));
        }
        return events;
    }

    private static List<Object> column(List<List<@Nullable Object>> places, int place) {
        var values = new ArrayList<>();
        places.forEach(row -> values.add(Objects.requireNonNull(row.get(place))));
        return values;
    }
}

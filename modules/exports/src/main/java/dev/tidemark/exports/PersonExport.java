package dev.tidemark.exports;

import dev.tidemark.exports.Export.Kind;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.People;
import dev.tidemark.spi.PersonRecords;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Question;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.Relation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that is stored about a person: their ids, the rows of every relation that tells whose its rows are, and what modules keep
 * beside those.
 */
final class PersonExport {

    private static final String PERSON = "person";

    private final Project project;
    private final Questions questions;
    private final People people;
    private final List<String> ids;

    /** @param id any of theirs */
    PersonExport(Project project, Questions questions, People people, String id) {
        this.project = project;
        this.questions = questions;
        this.people = people;
        this.ids = people.ids(project, id);
    }

    List<Export> parts() {
        Map<String, Relation> relations = new LinkedHashMap<>();
        questions.relations(project).forEach(relation -> relations.putIfAbsent(relation.name(), relation));
        var rows = relations.values().stream()
                .filter(relation -> !relation.key().isEmpty()
                        && relation.column(EventCollection.PERSON).isPresent())
                .map(this::rows);
        var records = people.records().entrySet().stream().map(kept -> records(kept.getKey(), kept.getValue()));
        return Stream.of(Stream.of(person()), rows, records)
                .flatMap(parts -> parts)
                .toList();
    }

    private Export records(String name, PersonRecords kept) {
        return new Export(name, kept.columns(), Set.of(), Kind.NAMED_ROWS, each -> kept.read(project, ids, each));
    }

    private Export person() {
        return new Export(
                PERSON,
                List.of(EventCollection.PERSON, "ids"),
                Set.of(),
                Kind.NAMED_ROWS,
                each -> each.accept(List.of(ids.getFirst(), ids)));
    }

    private Export rows(Relation relation) {
        var isOfEvents = EventColumns.areOf(relation);
        var columns = isOfEvents ? EventColumns.of(relation) : relation.columns();
        var question = new Question.Rows(
                List.of(relation.name()),
                columns.stream().map(Relation.Column::name).toList(),
                isOfEvents ? behind() : new Filter.In(EventCollection.PERSON, List.copyOf(ids)),
                List.of(),
                Integer.MAX_VALUE,
                Optional.empty());
        return new Export(
                relation.name(),
                columns.stream().map(Export::shown).toList(),
                Set.of(),
                isOfEvents ? Kind.EVENTS : Kind.NAMED_ROWS,
                each -> questions.stream(project, question, each));
    }

    /** In words that find the events by their indexes. */
    private Filter behind() {
        List<Object> values = List.copyOf(ids);
        return new Filter.Or(List.of(
                new Filter.In("_user", values),
                new Filter.And(List.of(new Filter.IsSet("_user", false), new Filter.In("_anonymous", values)))));
    }
}

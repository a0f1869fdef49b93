package dev.tidemark.exports;

import dev.tidemark.exports.Export.Kind;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Question;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.Relation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All that is stored about a person: their ids, and the rows of every relation that tells whose its rows are. */
final class PersonExport {

    private static final String PERSON = "person";

    private final Project project;
    private final Questions questions;
    private final List<Object> ids;

    /** @param id any of theirs */
    PersonExport(Project project, Questions questions, String id) {
        this.project = project;
        this.questions = questions;
        this.ids = List.copyOf(questions.ids(project, id));
    }

    List<Export> parts() {
        Map<String, Relation> relations = new LinkedHashMap<>();
        questions.relations(project).forEach(relation -> relations.putIfAbsent(relation.name(), relation));
        return Stream.concat(
                        Stream.of(person()),
                        relations.values().stream()
                                .filter(relation -> !relation.key().isEmpty()
                                        && relation.column(EventCollection.PERSON)
                                                .isPresent())
                                .map(this::rows))
                .toList();
    }

    private Export person() {
        return new Export(
                PERSON,
                List.of(EventCollection.PERSON, "ids"),
                Kind.NAMED_ROWS,
                each -> each.accept(List.of(ids.getFirst(), ids)));
    }

    private Export rows(Relation relation) {
        var isOfEvents = EventColumns.areOf(relation);
        var columns = isOfEvents ? EventColumns.of(relation) : relation.columns();
        var question = new Question.Rows(
                List.of(relation.name()),
                columns.stream().map(Relation.Column::name).toList(),
                isOfEvents ? behind() : new Filter.In(EventCollection.PERSON, ids),
                List.of(),
                Integer.MAX_VALUE,
                Optional.empty());
        return new Export(
                relation.name(),
                columns.stream().map(Export::shown).toList(),
                isOfEvents ? Kind.EVENTS : Kind.NAMED_ROWS,
                each -> questions.stream(project, question, each));
    }

    /** In words that find the events by their indexes. */
    private Filter behind() {
        return new Filter.Or(List.of(
                new Filter.In("_user", ids),
                new Filter.And(List.of(new Filter.IsSet("_user", false), new Filter.In("_anonymous", ids)))));
    }
}

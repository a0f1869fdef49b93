package dev.tidemark.exports;

import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Question;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.Relation;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows, and what their columns are called in the file.
 *
 * @param collection the name that was asked for
 * @param names of the columns, in the order of the rows
 * @param json the names of those that have any JSON
 */
record Export(String collection, List<String> names, Set<String> json, Kind kind, Rows rows) {

    /** What the rows are. */
    enum Kind {
        /** Whole events, in the columns of {@link EventColumns}. */
        EVENTS,
        /** All of one relation. */
        ROWS,
        /** Of one of several relations. */
        NAMED_ROWS
    }

    /** Rows that are read as they are handed on. */
    @FunctionalInterface
    interface Rows {
        void forEach(Consumer<List<@Nullable Object>> each);
    }

    static Export of(ExportRequest request, Project project, Questions questions) {
        return request.isAggregate() ? ofAnswer(request, project, questions) : ofEvents(request, project, questions);
    }

    private static Export ofAnswer(ExportRequest request, Project project, Questions questions) {
        var question = questions.question(project, "aggregate", request.json());
        if (question instanceof Aggregate aggregate && aggregate.earlier().isPresent()) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT,
                    "A file has no place for an earlier time: ask for each time alone.",
                    "compare");
        }
        var answer = questions.answer(project, question);
        return new Export(request.collection(), answer.columns(), Set.of(), Kind.ROWS, each -> {
            answer.rows().forEach(each);
            answer.rest().ifPresent(each);
        });
    }

    private static Export ofEvents(ExportRequest request, Project project, Questions questions) {
        var all = (Question.Rows) questions.question(project, "events", request.events());
        var relation = relation(project, questions, all.relations().getFirst());
        if (!request.columns().isEmpty()) {
            var chosen = with(all, request.columns());
            return new Export(
                    request.collection(),
                    request.columns(),
                    request.columns().stream()
                            .filter(name ->
                                    relation.column(name).filter(Export::isJson).isPresent())
                            .collect(Collectors.toSet()),
                    Kind.ROWS,
                    each -> questions.stream(project, chosen, each));
        }
        var isOfEvents = EventColumns.areOf(relation);
        var columns = isOfEvents ? EventColumns.of(relation) : relation.columns();
        var question = with(all, columns.stream().map(Relation.Column::name).toList());
        return new Export(
                request.collection(),
                columns.stream().map(Export::shown).toList(),
                columns.stream().filter(Export::isJson).map(Export::shown).collect(Collectors.toSet()),
                isOfEvents ? Kind.EVENTS : Kind.ROWS,
                each -> questions.stream(project, question, each));
    }

    private static Relation relation(Project project, Questions questions, String name) {
        return questions.relations(project).stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new CallerException(ErrorCode.BAD_USER_INPUT, "The collection has just gone.", "collection"));
    }

    private static Question.Rows with(Question.Rows all, List<String> columns) {
        return new Question.Rows(all.relations(), columns, all.filter(), all.order(), all.first(), all.after());
    }

    private static boolean isJson(Relation.Column column) {
        return column.type() == ColumnType.JSON;
    }

    /** A sender's label that looks like a reserved column gives way. */
    static String shown(Relation.Column column) {
        return column.label().startsWith("_") ? column.name() : column.label();
    }
}

package dev.tidemark.spi;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something that one can ask: a collection of events, a rollup, a derived table. Whatever is a relation gets typed
 * GraphQL fields, filters, groupings and measures, built by the engine in one place.
 */
public interface Relation {

    /**
     * Unique in its project; a collection's is the name of its table. While a relation has it, no new collection gets it: events of that name are
     * dead letters. A collection that was there before hides the relation.
     */
    String name();

    /** Its own columns, the reserved ones included. Of events, a question may name {@link EventCollection#OF_PERSON} more. */
    List<Column> columns();

    /**
     * The columns that tell its rows apart, by which every page of rows is ordered in the end. A relation without a key
     * has aggregates alone.
     */
    default List<String> key() {
        return List.of();
    }

    /** Whether its rows are events, which have ids, times and persons behind them. */
    default boolean isOfEvents() {
        return columns().stream()
                .map(Column::name)
                .toList()
                .containsAll(List.of(EventCollection.PERSON, EventCollection.TIME, EventCollection.ID));
    }

    /**
     * The names of the collections whose commits change its rows, by which one knows that there may be another answer. None: any
     * commit of the project may, which is so by default.
     */
    default List<String> collections() {
        return List.of();
    }

    /**
     * Whether it can answer a measure of one of its columns; which types a measure takes is the engine's to know. Typed fields offer
     * nothing else.
     */
    default boolean measures(Measure measure) {
        return true;
    }

    /**
     * Answers a question about this relation.
     *
     * @throws CallerException when the question does not fit the columns
     */
    Answer answer(Question question);

    /**
     * Hands on the rows that answer a question ({@link Questions#stream}). By default all are in memory at once.
     *
     * @throws CallerException when the question does not fit the columns
     */
    default void stream(Question.Rows question, Consumer<List<@Nullable Object>> each) {
        answer(question).rows().forEach(each);
    }

    /**
     * The statements that would answer a question; none where it is answered without SQL.
     *
     * @throws CallerException when the question does not fit the columns
     */
    default List<Explanation.Statement> explain(Question question) {
        return List.of();
    }

    default Optional<Column> column(String nameOrLabel) {
        return columns().stream().filter(column -> column.isCalled(nameOrLabel)).findFirst();
    }

    /**
     * @param name the column's name
     * @param label the sender's name for it, which questions may use as well
     * @param isSummedUp whether single values are gone, so that it can be measured, and neither filtered nor grouped by
     */
    record Column(String name, String label, ColumnType type, Declaration declaration, boolean isSummedUp) {

        /** One whose values are there. */
        public Column(String name, String label, ColumnType type, Declaration declaration) {
            this(name, label, type, declaration, false);
        }

        /** One of which nothing more is known. */
        public Column(String name, String label, ColumnType type) {
            this(name, label, type, Declaration.NONE);
        }

        /** Exactly so; other spellings are the engine's to find. */
        public boolean isCalled(String nameOrLabel) {
            return name.equals(nameOrLabel) || label.equals(nameOrLabel);
        }
    }
}

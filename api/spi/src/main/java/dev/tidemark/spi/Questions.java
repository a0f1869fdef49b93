package dev.tidemark.spi;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks the relations of a project. */
public interface Questions {

    /** All relations of the project, by name. */
    List<Relation> relations(Project project);

    /**
     * Answers a question, after the rewriters had their chance.
     *
     * @throws CallerException {@code BAD_USER_INPUT} for an unknown relation or column, with the nearest known name;
     *     {@code QUERY_TIMEOUT} when it takes longer than the operator allows
     */
    Answer answer(Project project, Question question);

    /**
     * Answers a question row by row, from one snapshot, however many rows there are: few are in memory at a time.
     *
     * @param question whose {@code first} may be of any size
     * @param each takes one row; what it throws ends the reading, and comes out of here
     * @throws CallerException as {@link #answer}, where the time is that until the first row, and between rows
     */
    void stream(Project project, Question.Rows question, Consumer<List<@Nullable Object>> each);

    /**
     * The question that the arguments of a GraphQL field mean, where they come another way, as JSON; they are checked as the
     * field's own.
     *
     * @param field {@code events}, which here takes any relation and any {@code first}, gives all columns, and keeps no order
     *     that is not asked for; or {@code aggregate}
     * @throws CallerException {@code BAD_USER_INPUT} for what the field would refuse
     */
    Question question(Project project, String field, Map<String, @Nullable Object> arguments);

    /**
     * A page of a relation's rows.
     *
     * @param relation one with a key
     * @param columns what is read of each row
     * @param order by columns, their names or labels; the key is added, for it tells apart what is otherwise equal
     * @param nodes makes what is shown of rows, one of each
     * @throws CallerException for unknown columns, values that do not fit, and what is no cursor of this order
     */
    <N> Connection<N> page(
            Relation relation,
            List<String> columns,
            Filter filter,
            List<Question.Order> order,
            Page page,
            Function<List<List<@Nullable Object>>, List<N>> nodes);

    /**
     * A page of events, the last that happened first: the value of GraphQL's {@code EventConnection}.
     *
     * @param collections at least one, by the names of their tables
     * @throws CallerException as {@link #answer}
     */
    Object events(Project project, List<String> collections, Filter filter, Page page);

    /**
     * Tells how a question would be answered, without answering it.
     *
     * @throws CallerException as {@link #answer} does
     */
    Explanation explain(Project project, Question question);

    /**
     * The filter that a value of GraphQL's input {@code Condition} describes.
     *
     * @throws CallerException for contradictions and for too many conditions, with the path {@code where}
     */
    Filter filter(Arguments condition);

    /** Values of GraphQL's inputs, such as a {@code Condition}, as a text to be kept. */
    String text(Arguments condition);

    /** The values of which {@link #text} made a text. */
    Arguments arguments(String text);

    /**
     * Tests events that are in memory.
     *
     * @param collection the senders' name for it, in any spelling, or that of its table
     * @throws CallerException for unknown names and for values that do not fit, with the path {@code where}
     */
    EventTest test(Project project, String collection, Filter filter);

    /**
     * The time zone of that name, such as Europe/Berlin, or of an offset such as +05:30.
     *
     * @throws CallerException with the nearest known name and the path {@code zone}
     */
    ZoneId zone(String name);

    /**
     * One relation, or several as one, for statements of a module's own.
     *
     * @param relations at least one, by name or by any spelling of a collection's label
     * @throws CallerException for an unknown relation, with the nearest known name, and for one that is no table
     */
    SqlRelation sqlRelation(Project project, List<String> relations);

    /**
     * The events of some people alone, for statements of a module's own: the database finds them by indexes where the people are few.
     *
     * @param collection by name or any spelling of its label
     * @param people a statement whose only column, a text, has people as {@link EventCollection#PERSON} has them, each once
     * @throws CallerException for an unknown collection, with the nearest known name
     */
    SqlRelation eventsOf(Project project, String collection, SqlFragment people);

    /**
     * Reads one snapshot of a project, within the operator's time limit.
     *
     * @param work runs again after a conflict, so it touches nothing but the snapshot
     */
    <T> T read(Project project, Function<Snapshot, T> work);

    /** The statements of the work, planned and not run: to the work it looks as if they found nothing. */
    List<Explanation.Statement> explain(Project project, Function<Snapshot, ?> work);

    /**
     * A relation over a table or view of the project's schema, answered by the engine's own SQL. Modules that keep tables
     * make their relations this way.
     *
     * @param table its name in the project's schema
     * @param key as {@link Relation#key}
     */
    default Relation table(
            Project project, String name, String table, List<Relation.Column> columns, List<String> key) {
        return table(project, name, table, columns, key, () -> {});
    }

    /**
     * The same of a table that cannot be asked at all times.
     *
     * @param readiness throws {@link CallerException} while it cannot: it runs before each question that reads the table, also one
     *     about events that names what is known of people ({@link Contribution.Builder#personProperties})
     */
    Relation table(
            Project project,
            String name,
            String table,
            List<Relation.Column> columns,
            List<String> key,
            Runnable readiness);

    /**
     * Changes what a module's {@link Relations} answer for a project. Once the work is committed, this node asks them again
     * at once and every other within a second.
     *
     * @param database the project's, as it was lent: a job's is fenced
     */
    <T> T changeRelations(Project project, Database database, Database.Work<T> work);
}

package dev.tidemark.spi;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What can be read of a project at one moment: all statements see the same rows, none can write. */
public interface Snapshot {

    /** Everything committed by then can be seen. */
    Instant asOf();

    /**
     * The rows of a statement, which limits their number itself. Values are Boolean, Long, Double, BigDecimal, String,
     * Instant, LocalDate, LocalDateTime, List, or parsed JSON.
     *
     * @throws CallerException {@code QUERY_TIMEOUT} when it takes longer than the operator allows, {@code BAD_USER_INPUT}
     *     when a value goes beyond its type, {@code QUERY_TOO_COMPLEX} when the database cannot hold the statement
     */
    List<List<@Nullable Object>> rows(SqlFragment statement);

    /**
     * The same snapshot for statements that are asked often, and are always the same but for their values, whose types, and those
     * of their results, the text tells: the database parses and plans each once for many questions, as is best for any values.
     */
    Snapshot frequent();

    /**
     * Says what will most likely be asked after the next statement: it goes to the database together with that, which saves the time of
     * a way there and back. Something else can be asked as well; then what was expected was in vain.
     *
     * @param likely asks, and nothing more: it is given a snapshot that finds nothing, at no particular moment
     */
    void expect(Consumer<Snapshot> likely);

    /**
     * Answers a question about rows that a module's SQL makes; the engine makes the rest of the statement.
     *
     * @param table what stands behind {@code from}: a table, or a {@code select} in brackets, with a name
     * @param columns its columns that the question may name
     * @throws CallerException when the question does not fit the columns, and as {@link #rows}
     */
    Answer answer(SqlFragment table, List<Relation.Column> columns, Aggregate question);

    /** Hands on the rows of a statement one by one, few of which are in memory at a time; values as in {@link #rows}. */
    void stream(SqlFragment sql, Consumer<List<@Nullable Object>> each);
}

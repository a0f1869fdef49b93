package dev.tidemark.spi;

/** A relation whose rows are those of one table or view, for statements of a module's own. */
public interface SqlRelation {

    /** What stands behind {@code from}: the table, with its schema. */
    SqlFragment table();

    /**
     * The column with that name or label, in any spelling of it. Of a collection {@link EventCollection#PERSON} is one too.
     *
     * @param path the argument that names it
     * @throws CallerException with the nearest known name
     */
    SqlColumn named(String nameOrLabel, String... path);

    /**
     * A value as a parameter of the column's type.
     *
     * @param value as GraphQL or a module gives it
     * @throws CallerException when it does not fit
     */
    SqlFragment value(SqlColumn column, Object value, String... path);

    /**
     * The condition that a row passes the filter; null, where a value is missing, counts as false.
     *
     * @throws CallerException for unknown columns and for values that do not fit, with the path {@code where}
     */
    SqlFragment condition(Filter filter);

    /**
     * Answers a question about it from what a snapshot sees.
     *
     * @throws CallerException when the question does not fit the columns, and as {@link Snapshot#rows}
     */
    Answer answer(Snapshot snapshot, Aggregate question);
}

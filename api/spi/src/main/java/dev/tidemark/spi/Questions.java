package dev.tidemark.spi;

import java.util.List;

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
     * Tells how a question would be answered, without answering it.
     *
     * @throws CallerException as {@link #answer} does
     */
    Explanation explain(Project project, Question question);

    /**
     * A relation over a table or view of the project's schema, answered by the engine's own SQL. Modules that keep tables
     * make their relations this way.
     *
     * @param table its name in the project's schema
     */
    Relation table(Project project, String name, String table, List<Relation.Column> columns);
}

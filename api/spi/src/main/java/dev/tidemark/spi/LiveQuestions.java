package dev.tidemark.spi;

/** Reads the questions of one field of GraphQL's type {@code Live}. */
@FunctionalInterface
public interface LiveQuestions {

    /**
     * The question that the field's arguments mean. It is not asked yet.
     *
     * @throws CallerException for what does not fit
     */
    LiveQuestion question(Project project, Arguments arguments);
}

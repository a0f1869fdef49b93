package dev.tidemark.imports.requests;

import java.util.Optional;

/** Which collections the rows of a file become events of. */
public sealed interface Destination {

    /**
     * One for all rows.
     *
     * @param name the sender's name for it
     */
    record Collection(String name) implements Destination {}

    /**
     * The one that a row names itself.
     *
     * @param name of the column that has it
     */
    record Column(String name) implements Destination {}

    /** The one for all rows. */
    default Optional<String> collection() {
        return this instanceof Collection(var name) ? Optional.of(name) : Optional.empty();
    }

    /** As it is called in a sentence. */
    default String called() {
        return collection().map(name -> "the collection " + name).orElse("collections that its rows name");
    }

    /** The column in which each row names its own. */
    default Optional<String> column() {
        return this instanceof Column(var name) ? Optional.of(name) : Optional.empty();
    }
}

package dev.tidemark.core.catalog;

import java.util.Optional;

/** From a sender's name (label) to the names of its table or column, and from these to the GraphQL name. */
@SuppressWarnings("DoNotCallSuggester")
public final class Names {

    private Names() {}

    /** The table of the collection with that label; empty when {@link #collectionProblem} has something to say. */
    public static Optional<String> table(String label) {
        throw new UnsupportedOperationException();
    }

    /** The column of the property with that label; empty when {@link #propertyProblem} has something to say. */
    public static Optional<String> column(String label) {
        throw new UnsupportedOperationException();
    }

    /** The GraphQL name of a table or column. */
    public static String graphql(String name) {
        throw new UnsupportedOperationException();
    }

    /** Why no collection can have that label, as a sentence; empty: one can. */
    public static Optional<String> collectionProblem(String label) {
        throw new UnsupportedOperationException();
    }

    /** Why no property can have that label, as a sentence; empty: one can. */
    public static Optional<String> propertyProblem(String label) {
        throw new UnsupportedOperationException();
    }
}

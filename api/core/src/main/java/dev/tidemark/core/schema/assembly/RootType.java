package dev.tidemark.core.schema.assembly;

import java.util.Set;

/** The names of the three types at which a request begins. */
public final class RootType {

    public static final String QUERY = "Query";
    public static final String MUTATION = "Mutation";
    public static final String SUBSCRIPTION = "Subscription";

    private static final Set<String> ALL = Set.of(QUERY, MUTATION, SUBSCRIPTION);

    private RootType() {}

    static boolean isOne(String type) {
        return ALL.contains(type);
    }
}

package dev.tidemark.core.schema.faults;

/** Codes of errors that arise from GraphQL itself; all others are {@link dev.tidemark.spi.ErrorCode}. */
public final class Codes {

    public static final String PARSE_FAILED = "GRAPHQL_PARSE_FAILED";
    public static final String VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED";
    public static final String PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND";
    static final String INTERNAL = "INTERNAL_SERVER_ERROR";

    private Codes() {}
}

package dev.tidemark.core.schema.faults;

/** How far a request came. */
public enum Stage {
    /** The document is missing, wrong or asks for too much. */
    DOCUMENT,
    /** The operation is of a kind that may not come this way, such as a mutation by GET. */
    OPERATION,
    /** The variables do not have the types that the operation declares. */
    VARIABLES,
    /** It ran; fields may have failed. */
    EXECUTION
}

package dev.tidemark.spi;

/** What a key may do. */
public enum Scope {
    /** Ask questions of one project. */
    READ,
    /** Send events to one project, and read nothing: such keys sit in browsers. */
    WRITE,
    /** Act as one customer, in what is that customer's. No key has it but the tokens that modules hand out. */
    CUSTOMER,
    /** Read, write and administer one project. */
    MASTER,
    /** Do everything in every project, and make and delete projects. */
    ADMIN;

    /** Whether a key with this scope may do what asks for {@code needed}. */
    public boolean grants(Scope needed) {
        return this == needed || this == ADMIN || (this == MASTER && needed != ADMIN);
    }
}

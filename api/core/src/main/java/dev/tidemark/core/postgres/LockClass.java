package dev.tidemark.core.postgres;

/**
 * The first key of every advisory lock that Tidemark takes; the second is the project's id. All in one place, so that no
 * two meanings share a number.
 */
public enum LockClass {
    /** Migrations of a project, or (project 0) of the server. */
    MIGRATION(0x7d01),
    /** The order of a project's commits: held from the last statement of an ingest transaction to its commit. */
    COMMIT(0x7d02),
    /** Tables and columns of a project's collections. */
    CATALOG(0x7d03);

    private final int number;

    LockClass(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}

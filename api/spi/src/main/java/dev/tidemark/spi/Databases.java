package dev.tidemark.spi;

/** The ways to PostgreSQL: one for each project, one for tables that belong to no project. */
public interface Databases {

    /** The project's own schema; its migrations have run. */
    Database of(Project project);

    /** Schema {@code tidemark}. */
    Database server();
}

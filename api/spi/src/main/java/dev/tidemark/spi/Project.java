package dev.tidemark.spi;

/**
 * A tenant: the owner of events, and a PostgreSQL schema of its own.
 *
 * @param id given once and never again, even when a later project has the same slug
 * @param slug its name for people, and the name of its PostgreSQL schema: {@code [a-z][a-z0-9_]{0,40}}
 */
public record Project(int id, String slug) {}

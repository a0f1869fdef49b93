package dev.tidemark.spi;

import java.util.function.Predicate;

/**
 * Tells which ids are of one person, for all questions that count people.
 *
 * @param table in each project's schema, that tells whose ids are which are no person of their own: a column {@code id}, its primary
 *     key, and a column {@code person}, both texts
 * @param isTold whether anything is told there; until then questions about events do not look. Each node remembers the answer, and
 *     asks again when the module has said so ({@link Questions#changeRelations})
 */
public record PersonMapping(String table, Predicate<Project> isTold) {}

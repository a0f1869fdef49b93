package dev.tidemark.spi;

import java.util.Optional;

/**
 * Tells which ids are of one person, for all questions that count people. Each node remembers the answer, and asks again when
 * the module has said so ({@link Questions#changeRelations}).
 */
@FunctionalInterface
public interface PersonMapping {

    /**
     * The table in the project's schema that tells whose ids are which are no person of their own: a column {@code id}, its
     * primary key, and a column {@code person}, both texts. Empty: no id is so, and questions need not look.
     */
    Optional<String> table(Project project);
}

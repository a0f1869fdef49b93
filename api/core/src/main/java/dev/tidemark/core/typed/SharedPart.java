package dev.tidemark.core.typed;

import dev.tidemark.core.questions.QuestionEngine;
import dev.tidemark.core.schema.assembly.ExecutableSchema;
import dev.tidemark.spi.EventFeeds;
import java.util.Optional;

/**
 * What the schemas of all projects have in common.
 *
 * @param questions answers what is typed
 * @param feeds tells events; empty: no module does
 */
record SharedPart(ExecutableSchema schema, QuestionEngine questions, Optional<EventFeeds> feeds) {}

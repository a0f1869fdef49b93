/**
 * Answers questions with SQL, and the module {@code questions}: the generic fields of the GraphQL schema.
 *
 * <p>GraphQL's arguments become questions ({@code input}); {@link dev.tidemark.core.questions.QuestionEngine} looks up what they
 * ask ({@code relations}), lets modules rewrite them, and has them answered from tables ({@code aggregates}, built of {@code sql});
 * {@code answers} give the result its shape, and {@code events} do the same for events in memory.
 */
@NullMarked
package dev.tidemark.core.questions;

import org.jspecify.annotations.NullMarked;

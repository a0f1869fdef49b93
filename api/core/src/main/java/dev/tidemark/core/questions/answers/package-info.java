/** Answers, and the pages and groups in them, in the shape that the schema gives them. */
@NullMarked
package dev.tidemark.core.questions.answers;

import org.jspecify.annotations.NullMarked;

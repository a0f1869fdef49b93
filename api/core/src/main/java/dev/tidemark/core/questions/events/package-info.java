/** Events as values: made of rows, and tested by the same filters as the database would, for those who follow them. */
@NullMarked
package dev.tidemark.core.questions.events;

import org.jspecify.annotations.NullMarked;

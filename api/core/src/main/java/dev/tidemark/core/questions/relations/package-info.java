/**
 * What can be asked: collections of events, the relations that modules add, several of them together, and the people behind
 * events. Each is a table or view with its columns, and is asked within one snapshot.
 */
@NullMarked
package dev.tidemark.core.questions.relations;

import org.jspecify.annotations.NullMarked;

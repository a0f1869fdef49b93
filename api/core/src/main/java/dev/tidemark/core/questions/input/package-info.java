/** Reads the arguments of GraphQL's fields, checks them and makes questions of them. */
@NullMarked
package dev.tidemark.core.questions.input;

import org.jspecify.annotations.NullMarked;

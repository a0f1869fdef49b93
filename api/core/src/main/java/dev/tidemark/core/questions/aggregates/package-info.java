/**
 * Questions for numbers: one statement groups the rows and computes what it can; measures that take a statement of their own,
 * groups of an earlier time, and buckets in which nothing happened come after it.
 */
@NullMarked
package dev.tidemark.core.questions.aggregates;

import org.jspecify.annotations.NullMarked;

/**
 * What a project's schema gains or loses, for those who follow it. Each node looks for another schema as a request would, once for
 * all who follow a project, and compares both by graphql-java's {@link graphql.schema.diff.SchemaDiff}.
 */
@NullMarked
package dev.tidemark.core.typed.changes;

import org.jspecify.annotations.NullMarked;

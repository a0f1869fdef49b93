/**
 * From the modules' parts of the schema to answered requests.
 *
 * <p>{@link dev.tidemark.core.schema.SchemaAssembly} merges the base ({@code base.graphqls}) with every module's part,
 * checks all of it at the start and wires the resolvers. {@link dev.tidemark.core.schema.GraphqlEngine} answers requests:
 * the document is bounded before it is parsed, its cost before it is executed, its time and its result while it is.
 *
 * <p>Contributed resolvers run each on a virtual thread of their own, so they may block and independent fields are
 * resolved side by side; stored properties are read where the engine stands. Data loaders are dispatched when every
 * resolver of the request has returned, which is when no more keys can come, and else as soon as
 * no key was asked for in 20 ms, so that a slow field holds up no batch.
 *
 * <p>Whatever goes wrong ends as an error with {@code extensions.code}: the caller's fault with a sentence, ours with an
 * id that is also in the log, and never more than that.
 */
@NullMarked
package dev.tidemark.core.schema;

import org.jspecify.annotations.NullMarked;

/**
 * How contributed resolvers run: each on a virtual thread of its own, so that they may block and independent fields are
 * resolved side by side; stored properties are read where the engine stands. Data loaders are dispatched when every resolver of
 * the request has returned, which is when no more keys can come, and else as soon as no key was asked for in 20 ms, so that a
 * slow field holds up no batch.
 */
@NullMarked
package dev.tidemark.core.schema.resolvers;

import org.jspecify.annotations.NullMarked;

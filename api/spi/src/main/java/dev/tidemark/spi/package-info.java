/**
 * The contract between Tidemark and its modules: all that a module may use, and nothing else.
 *
 * <p>A module implements {@link dev.tidemark.spi.AnalyticsModule}, which declares a {@link dev.tidemark.spi.Contribution}
 * with the help of a {@link dev.tidemark.spi.ModuleContext}. Everything else here is the vocabulary of the two:
 * {@link dev.tidemark.spi.Project}, {@link dev.tidemark.spi.Event}, {@link dev.tidemark.spi.Question} … Beyond its own
 * words the contract speaks the stack's language: graphql-java's {@code DataFetcher}, Helidon's {@code DbClient} and
 * {@code HttpService}.
 */
@NullMarked
package dev.tidemark.spi;

import org.jspecify.annotations.NullMarked;

package dev.tidemark.core.schema.assembly;

import dev.tidemark.spi.Contribution;

/**
 * What one module adds to the schema.
 *
 * @param sdl its {@code schema.graphqls}; empty when it adds no types
 */
public record SchemaPart(String module, String sdl, Contribution contribution) {}

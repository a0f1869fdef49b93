package dev.tidemark.core.catalog;

/**
 * How far senders may grow a project; a write key sits in browsers.
 *
 * @param columns of one collection, the reserved ones not counted
 * @param newCollections in an hour
 * @param newColumns in an hour
 */
public record CatalogLimits(int columns, int newCollections, int newColumns) {

    public static final CatalogLimits DEFAULT = new CatalogLimits(500, 100, 1_000);
}

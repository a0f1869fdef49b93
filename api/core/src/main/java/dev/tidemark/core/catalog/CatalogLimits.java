package dev.tidemark.core.catalog;

import dev.tidemark.core.modules.Settings;

/**
 * How far senders may grow a project; a write key sits in browsers.
 *
 * @param columns of one collection, the reserved ones not counted
 * @param newCollections in an hour
 * @param newColumns in an hour
 */
public record CatalogLimits(int columns, int newCollections, int newColumns) {

    public static final CatalogLimits DEFAULT = new CatalogLimits(500, 100, 1_000);

    /** As the operator wants it. */
    public static CatalogLimits read(Settings settings) {
        return new CatalogLimits(
                settings.read("catalog.columns", DEFAULT.columns(), "Properties that a collection may have."),
                settings.read(
                        "catalog.new-collections",
                        DEFAULT.newCollections(),
                        "Collections that a project may gain in an hour."),
                settings.read(
                        "catalog.new-columns",
                        DEFAULT.newColumns(),
                        "Properties that all collections of a project together may gain in an hour."));
    }
}

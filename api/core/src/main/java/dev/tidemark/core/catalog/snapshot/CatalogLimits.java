package dev.tidemark.core.catalog.snapshot;

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

    /** A row of so many columns fits into a page of PostgreSQL whatever is in them. */
    private static final int ALWAYS_FIT = 250;

    /** Of a module's table, which takes all values, while an event that fits no page becomes a dead letter. */
    public CatalogLimits ofModules() {
        return new CatalogLimits(Math.min(columns, ALWAYS_FIT), newCollections, newColumns);
    }

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

package dev.tidemark.core.catalog.snapshot;

import dev.tidemark.core.modules.Settings;

/**
 * How far senders may grow a project; a write key sits in browsers.
 *
 * @param columns of one collection, the reserved ones not counted
 * @param newCollections in an hour
 * @param newColumns in an hour
 * @param allCollections of a project, which each node keeps in memory
 * @param allColumns of all of them together
 */
public record CatalogLimits(int columns, int newCollections, int newColumns, int allCollections, int allColumns) {

    public static final CatalogLimits DEFAULT = new CatalogLimits(500, 100, 1_000, 2_000, 20_000);

    /** A row of so many columns fits into a page of PostgreSQL whatever is in them. */
    private static final int ALWAYS_FIT = 250;

    /** @throws dev.tidemark.spi.CallerException {@code QUOTA_EXCEEDED} when a change makes a catalogue larger than a project may have */
    public void requireRoom(Catalog before, Catalog after) {
        CatalogSize.of(after).requireRoom(CatalogSize.of(before), this);
    }

    /** Of a module's table, which takes all values, while an event that fits no page becomes a dead letter. */
    public CatalogLimits ofModules() {
        return new CatalogLimits(Math.min(columns, ALWAYS_FIT), newCollections, newColumns, allCollections, allColumns);
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
                        "Properties that all collections of a project together may gain in an hour."),
                settings.read(
                        "catalog.all-collections",
                        DEFAULT.allCollections(),
                        "Collections that a project may have; each node keeps them in memory."),
                settings.read(
                        "catalog.all-columns",
                        DEFAULT.allColumns(),
                        "Properties that all collections of a project together may have; each takes some 4 KB of memory."));
    }
}

package dev.tidemark.core.catalog.snapshot;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.EventCollection.Property;
import java.util.Optional;

/**
 * How much a catalogue takes of the memory of each node that knows it.
 *
 * @param characters of descriptions, reasons and listed values
 */
record CatalogSize(int collections, int columns, long characters) {

    static final int MOST_CHARACTERS = 2_000_000;

    static CatalogSize of(Catalog catalog) {
        var collections = catalog.collections();
        return new CatalogSize(
                collections.size(),
                catalog.properties(),
                collections.stream().mapToLong(CatalogSize::characters).sum());
    }

    private static long characters(EventCollection collection) {
        return length(collection.description())
                + collection.properties().stream()
                        .mapToLong(CatalogSize::characters)
                        .sum();
    }

    private static long characters(Property property) {
        var declaration = property.declaration();
        return length(declaration.description())
                + length(declaration.deprecation())
                + declaration.values().stream().mapToLong(String::length).sum();
    }

    private static long length(Optional<String> text) {
        return text.map(String::length).orElse(0);
    }

    /** @throws CallerException {@code QUOTA_EXCEEDED} when it has grown beyond what a project may have */
    void requireRoom(CatalogSize before, CatalogLimits limits) {
        require(
                collections <= Math.max(before.collections, limits.allCollections()),
                limits.allCollections() + " collections; the setting catalog.all-collections says so.");
        require(
                columns <= Math.max(before.columns, limits.allColumns()),
                limits.allColumns() + " columns in all; the setting catalog.all-columns says so.");
        require(
                characters <= Math.max(before.characters, MOST_CHARACTERS),
                MOST_CHARACTERS + " characters of descriptions, reasons and listed values in all: say it in fewer.");
    }

    private static void require(boolean isMet, String most) {
        if (!isMet) {
            throw new CallerException(ErrorCode.QUOTA_EXCEEDED, "A project has at most " + most);
        }
    }
}

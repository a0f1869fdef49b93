package dev.tidemark.core.events.planning;

import dev.tidemark.core.catalog.names.Flattening;
import dev.tidemark.core.catalog.names.Names;
import dev.tidemark.core.catalog.types.Types;
import dev.tidemark.spi.Event;
import java.util.function.BiConsumer;

/** Wishes a column for each property of an event whose collection is not there yet. */
record PropertyWishes(String collection, Wishes wishes) implements BiConsumer<String, Object> {

    void of(Event event) {
        Flattening.each(event.properties(), this);
    }

    @Override
    public void accept(String property, Object value) {
        if (Names.propertyProblem(property).isEmpty()) {
            Types.infer(value).ifPresent(type -> wishes.wish(collection, property, type));
        }
    }
}

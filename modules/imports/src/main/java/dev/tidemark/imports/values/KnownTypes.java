package dev.tidemark.imports.values;

import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.EventCollection.Property;
import dev.tidemark.spi.Events;
import dev.tidemark.spi.Project;
import java.util.Optional;
import java.util.function.Function;

/** The types that the properties of a collection had before a file came, by the names that are in the file. */
@FunctionalInterface
public interface KnownTypes {

    Optional<ColumnType> of(String property);

    /** @param collection by the sender's name; there may be none yet */
    static KnownTypes of(Events events, Project project, String collection) {
        return events.collection(project, collection)
                .map(known -> of(known, name -> events.property(project, collection, name)))
                .orElse(property -> Optional.empty());
    }

    /** @param meant the property that a name means in another spelling, as it is by now */
    static KnownTypes of(EventCollection before, Function<String, Optional<Property>> meant) {
        return name -> before.property(name)
                .or(() -> meant.apply(name).flatMap(property -> before.property(property.column())))
                .map(Property::type);
    }
}

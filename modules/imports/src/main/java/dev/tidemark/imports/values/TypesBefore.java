package dev.tidemark.imports.values;

import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.EventCollection.Property;
import dev.tidemark.spi.Events;
import dev.tidemark.spi.Project;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The types of a project's properties, of each collection as it was when a file first named it. */
public final class TypesBefore implements KnownTypes {

    /** Of which a file may have any number. */
    private static final int MOST_NAMES = 10_000;

    private final Events events;
    private final Project project;
    private final Map<String, Optional<EventCollection>> collections = new ConcurrentHashMap<>();
    private final Map<Name, Optional<ColumnType>> types = new ConcurrentHashMap<>();

    public TypesBefore(Events events, Project project) {
        this.events = events;
        this.project = project;
    }

    @Override
    public Optional<ColumnType> of(String collection, String property) {
        var before = remembered(collections, collection, name -> events.collection(project, name));
        return before.flatMap(known -> remembered(types, new Name(collection, property), name -> type(known, name)));
    }

    /** A name in another spelling means the property that it means by now. */
    private Optional<ColumnType> type(EventCollection before, Name name) {
        return before.property(name.property())
                .or(() -> events.property(project, name.collection(), name.property())
                        .flatMap(meant -> before.property(meant.column())))
                .map(Property::type);
    }

    private static <K, T> Optional<T> remembered(Map<K, Optional<T>> memory, K name, Function<K, Optional<T>> asked) {
        var known = memory.get(name);
        if (known != null) {
            return known;
        }
        var found = asked.apply(name);
        if (memory.size() < MOST_NAMES) {
            memory.put(name, found);
        }
        return found;
    }

    private record Name(String collection, String property) {}
}

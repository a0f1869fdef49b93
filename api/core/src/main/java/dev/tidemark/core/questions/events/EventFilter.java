package dev.tidemark.core.questions.events;

import dev.tidemark.core.questions.relations.CollectionColumns;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.EventTest;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.StoredEvent;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** A filter that is compiled for a collection, and anew when the collection has changed meanwhile. */
public final class EventFilter implements EventTest {

    private final Filter filter;
    private final Function<String, Optional<String>> spelling;
    private volatile Compiled compiled;

    private record Compiled(EventCollection collection, Predicate<StoredEvent> test) {}

    /**
     * @param spelling the column that a property's name means in another spelling
     * @throws dev.tidemark.spi.CallerException when the filter does not fit the collection
     */
    public EventFilter(EventCollection collection, Filter filter, Function<String, Optional<String>> spelling) {
        this.filter = filter;
        this.spelling = spelling;
        this.compiled = compiled(collection);
    }

    @Override
    public String collection() {
        return compiled.collection().name();
    }

    @Override
    public Filter filter() {
        return filter;
    }

    /** A collection is one object as long as its catalogue stays, and is looked at for every event. */
    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean test(StoredEvent event) {
        var known = compiled;
        if (!known.collection().name().equals(event.collection().name())) {
            return false;
        }
        if (known.collection() != event.collection()) {
            known = compiled(event.collection());
            compiled = known;
        }
        return known.test().test(event);
    }

    private Compiled compiled(EventCollection collection) {
        var columns = CollectionColumns.of(collection, spelling);
        return new Compiled(collection, new EventTests(collection, columns).of(filter));
    }
}

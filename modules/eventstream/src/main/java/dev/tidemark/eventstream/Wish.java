package dev.tidemark.eventstream;

import dev.tidemark.spi.EventTest;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.StoredEvent;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Events that someone wants. Two that want the same are equal, and tested as one.
 *
 * @param collection by the name of its table; {@link #ANY}: of whichever
 * @param test whether an event is one of these
 */
record Wish(String collection, Filter filter, Predicate<StoredEvent> test) {

    /** What no table is called. */
    static final String ANY = "";

    /** Every event. */
    static final Wish ALL = new Wish(ANY, Filter.ALL, event -> true);

    Wish(EventTest test) {
        this(test.collection(), test.filter(), test);
    }

    static boolean anyWants(Set<Wish> wishes, StoredEvent event) {
        return wishes.stream().anyMatch(wish -> wish.test().test(event));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Wish wish && collection.equals(wish.collection) && filter.equals(wish.filter);
    }

    @Override
    public int hashCode() {
        return 31 * collection.hashCode() + filter.hashCode();
    }
}

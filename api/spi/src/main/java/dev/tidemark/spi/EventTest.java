package dev.tidemark.spi;

import java.util.function.Predicate;

/** Whether an event that is in memory is one of a collection's and passes a filter, as a question with it would have it. */
public interface EventTest extends Predicate<StoredEvent> {

    /** The name of the collection's table. */
    String collection();

    /** What it was made of: tests of one collection with equal filters are alike. */
    Filter filter();

    /** @throws CallerException when the collection has changed, and the filter does not fit it any more */
    @Override
    boolean test(StoredEvent event);
}

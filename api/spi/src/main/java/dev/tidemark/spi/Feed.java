package dev.tidemark.spi;

import graphql.schema.DataFetchingEnvironment;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a subscription tells, item after item. The next item is asked for when the client has taken the one before, so a slow
 * client slows its own feed and nobody else: whatever is gathered for it meanwhile must be bounded.
 */
public interface Feed<T> extends AutoCloseable {

    /** Under this key the GraphQL context has the id of the last event that a client of an event stream got. */
    String LAST_EVENT_ID = "Last-Event-ID";

    /**
     * The cursor after which a subscription goes on: that of the last item that the client got before its event stream broke
     * off, else the argument {@code after}.
     */
    static Optional<String> after(DataFetchingEnvironment environment) {
        return environment
                .getGraphQlContext()
                .<String>getOrEmpty(LAST_EVENT_ID)
                .or(() -> Arguments.of(environment).text("after"));
    }

    /**
     * The next item; waits until there is one. Called by one virtual thread, which may block, until it has ended.
     *
     * @return empty: there will be none any more, or the feed was closed
     * @throws CallerException ends the subscription, and is told to the client
     * @throws InterruptedException when the thread is to end
     */
    Optional<T> next() throws InterruptedException;

    /** The same items in another form: closing one closes both. */
    default <R> Feed<R> map(Function<? super T, R> form) {
        Feed<T> items = this;
        return new Feed<>() {
            @Override
            public Optional<R> next() throws InterruptedException {
                return items.next().map(form);
            }

            @Override
            public void close() {
                items.close();
            }
        };
    }

    /** Ends it, and the wait for its next item. From any thread, perhaps more than once. */
    @Override
    void close();
}

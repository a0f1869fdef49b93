package dev.tidemark.core.schema.resolvers;

import dev.tidemark.spi.Feed;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A module's feed. That it cannot be closed keeps nobody from ending what it was part of. */
record ContributedFeed<T>(Feed<T> feed) implements Feed<T> {

    private static final Logger LOG = LoggerFactory.getLogger(ContributedFeed.class);

    @Override
    public Optional<T> next() throws InterruptedException {
        return feed.next();
    }

    @Override
    public void close() {
        try {
            feed.close();
        } catch (RuntimeException | Error e) {
            LOG.error("Fault {}: a feed could not be closed.", UUID.randomUUID(), e);
        }
    }
}

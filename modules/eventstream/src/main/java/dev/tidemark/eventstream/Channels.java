package dev.tidemark.eventstream;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.StoredEvent;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who wants which events: those with equal wishes together. */
final class Channels {

    private final int most;
    private final Map<String, Map<Wish, Set<EventFeed>>> byCollection = new HashMap<>();
    private int wishes;

    /** @param most how many different wishes there may be */
    Channels(int most) {
        this.most = most;
    }

    boolean isEmpty() {
        return wishes == 0;
    }

    /** @throws CallerException when there are too many different wishes */
    void add(EventFeed feed) {
        for (var wish : feed.wishes()) {
            byCollection
                    .computeIfAbsent(wish.collection(), name -> new HashMap<>())
                    .computeIfAbsent(wish, this::channel)
                    .add(feed);
        }
    }

    void remove(EventFeed feed) {
        feed.wishes()
                .forEach(wish -> byCollection.computeIfPresent(wish.collection(), (name, channels) -> {
                    channels.computeIfPresent(wish, (same, feeds) -> without(feed, feeds));
                    return channels.isEmpty() ? null : channels;
                }));
    }

    /** Offers an event to all who want it. */
    void offer(StoredEvent event) {
        var offered = EventFeed.Buffered.of(event);
        offer(offered, byCollection.getOrDefault(Wish.ANY, Map.of()));
        offer(offered, byCollection.getOrDefault(event.collection().name(), Map.of()));
    }

    private static void offer(EventFeed.Buffered event, Map<Wish, Set<EventFeed>> channels) {
        channels.forEach((wish, feeds) -> {
            try {
                if (wish.test().test(event.event())) {
                    feeds.forEach(feed -> feed.offer(event));
                }
            } catch (RuntimeException e) {
                // a wish that cannot be tested is the end of those who have it, and of nobody else
                feeds.forEach(feed -> feed.fail(e));
            }
        });
    }

    private Set<EventFeed> channel(Wish wish) {
        if (wishes == most) {
            throw new CallerException(
                    ErrorCode.RATE_LIMITED,
                    "The subscribers of this project have " + most
                            + " different conditions: subscribe with one of them, or end another subscription.");
        }
        wishes++;
        return new LinkedHashSet<>();
    }

    private @Nullable Set<EventFeed> without(EventFeed feed, Set<EventFeed> feeds) {
        feeds.remove(feed);
        if (!feeds.isEmpty()) {
            return feeds;
        }
        wishes--;
        return null;
    }
}

package dev.tidemark.core.schema.resolvers;

import dev.tidemark.spi.Feed;
import java.util.concurrent.Semaphore;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** A feed as graphql-java takes it: a thread that asks the feed for an item whenever one is asked of it. */
record FeedPublisher(Feed<?> feed) implements Publisher<Object> {

    @Override
    public void subscribe(Subscriber<? super Object> subscriber) {
        var reading = new Reading(feed, subscriber);
        subscriber.onSubscribe(reading);
        Thread.ofVirtual().name("feed").start(reading::run);
    }

    private static final class Reading implements Subscription {

        private static final int MOST = 1 << 20;

        private final Feed<?> feed;
        private final Subscriber<? super Object> subscriber;
        private final Semaphore wanted = new Semaphore(0);
        private volatile boolean isCancelled;

        Reading(Feed<?> feed, Subscriber<? super Object> subscriber) {
            this.feed = feed;
            this.subscriber = subscriber;
        }

        @Override
        public void request(long count) {
            wanted.release((int) Math.min(count, MOST));
        }

        /** Interrupts nobody: the thread may be writing to the client just now. */
        @Override
        public void cancel() {
            isCancelled = true;
            wanted.release();
            feed.close();
        }

        void run() {
            try {
                read();
            } catch (Throwable thrown) {
                if (!isCancelled) {
                    subscriber.onError(thrown);
                }
            }
        }

        private void read() throws InterruptedException {
            while (!isCancelled) {
                wanted.acquire();
                var item = feed.next();
                if (isCancelled) {
                    return;
                }
                if (item.isEmpty()) {
                    subscriber.onComplete();
                    return;
                }
                subscriber.onNext(item.get());
            }
        }
    }
}

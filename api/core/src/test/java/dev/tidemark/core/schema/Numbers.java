package dev.tidemark.core.schema;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Publishes 1, 2, 3 … as they are asked for; what comes after the last is for a subclass to say. */
class Numbers implements Publisher<Object> {

    final AtomicBoolean isCancelled = new AtomicBoolean();
    private final int count;

    Numbers(int count) {
        this.count = count;
    }

    @Override
    public void subscribe(Subscriber<? super Object> subscriber) {
        var last = new AtomicInteger();
        subscriber.onSubscribe(new Subscription() {
            @Override
            public void request(long asked) {
                for (long i = 0; i < asked && last.get() < count && !isCancelled.get(); i++) {
                    subscriber.onNext(last.incrementAndGet());
                    if (last.get() == count) {
                        end(subscriber);
                    }
                }
            }

            @Override
            public void cancel() {
                isCancelled.set(true);
            }
        });
    }

    void end(Subscriber<? super Object> subscriber) {
        subscriber.onComplete();
    }
}

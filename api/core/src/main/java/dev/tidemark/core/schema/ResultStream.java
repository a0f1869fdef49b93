package dev.tidemark.core.schema;

import graphql.ExecutionResult;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * The results of a subscription as a client gets them.
 *
 * @param atEnd runs when the stream completes, fails or is cancelled; perhaps more than once
 */
record ResultStream(Publisher<ExecutionResult> results, RequestFaults faults, Runnable atEnd)
        implements Publisher<Map<String, @Nullable Object>> {

    @Override
    public void subscribe(Subscriber<? super Map<String, @Nullable Object>> subscriber) {
        results.subscribe(new Subscriber<>() {
            @Override
            public void onSubscribe(Subscription subscription) {
                subscriber.onSubscribe(ending(subscription));
            }

            @Override
            public void onNext(ExecutionResult result) {
                subscriber.onNext(ResultBody.of(result, faults));
            }

            @Override
            public void onError(Throwable thrown) {
                atEnd.run();
                subscriber.onError(new StreamFailed(faults.of(thrown)));
            }

            @Override
            public void onComplete() {
                atEnd.run();
                subscriber.onComplete();
            }
        });
    }

    private Subscription ending(Subscription subscription) {
        return new Subscription() {
            @Override
            public void request(long count) {
                subscription.request(count);
            }

            @Override
            public void cancel() {
                atEnd.run();
                subscription.cancel();
            }
        };
    }
}

package dev.tidemark.core.schema;

import dev.tidemark.core.memory.AnswerMemory;
import dev.tidemark.core.schema.faults.RequestFaults;
import dev.tidemark.core.schema.faults.StreamFailed;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Feed;
import dev.tidemark.spi.ValueSize;
import graphql.ExecutionResult;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** The results of a subscription as a client gets them, each computed when it is asked for. */
final class ResultStream implements Feed<Map<String, @Nullable Object>> {

    private final RequestFaults faults;
    private final Runnable atEnd;
    private final Optional<AnswerMemory.Share> memory = AnswerMemory.current();
    private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();

    /** What was asked for, and the end: two at most. */
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

    private sealed interface Signal {}

    private record Result(ExecutionResult result) implements Signal {}

    private record Failure(Throwable thrown) implements Signal {}

    private record End() implements Signal {}

    /** @param atEnd runs when the stream completes, fails or is closed; perhaps more than once */
    ResultStream(Publisher<ExecutionResult> results, RequestFaults faults, Runnable atEnd) {
        this.faults = faults;
        this.atEnd = atEnd;
        results.subscribe(new Following());
    }

    /**
     * Whoever asks for the next has sent the last.
     *
     * @throws StreamFailed when the stream cannot go on
     */
    @Override
    public Optional<Map<String, @Nullable Object>> next() throws InterruptedException {
        memory.ifPresent(AnswerMemory.Share::close);
        subscription.join().request(1);
        switch (signals.take()) {
            case Result(var result) -> {
                return Optional.of(held(ResultBody.of(result, faults)));
            }
            case Failure(var thrown) -> throw failed(thrown);
            case End() -> {
                atEnd.run();
                return Optional.empty();
            }
        }
    }

    private Map<String, @Nullable Object> held(Map<String, @Nullable Object> body) {
        try {
            memory.ifPresent(share -> share.takeUpTo(ValueSize.of(body)));
            return body;
        } catch (CallerException e) {
            throw failed(e);
        }
    }

    private StreamFailed failed(Throwable thrown) {
        atEnd.run();
        return new StreamFailed(faults.of(thrown));
    }

    @Override
    public void close() {
        atEnd.run();
        subscription.join().cancel();
        signals.add(new End());
    }

    private final class Following implements Subscriber<ExecutionResult> {

        @Override
        public void onSubscribe(Subscription given) {
            subscription.complete(given);
        }

        @Override
        public void onNext(ExecutionResult result) {
            signals.add(new Result(result));
        }

        @Override
        public void onError(Throwable thrown) {
            signals.add(new Failure(thrown));
        }

        @Override
        public void onComplete() {
            signals.add(new End());
        }
    }
}

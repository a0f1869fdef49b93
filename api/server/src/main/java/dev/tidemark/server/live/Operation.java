package dev.tidemark.server.live;

import dev.tidemark.core.json.JsonWriter;
import dev.tidemark.core.schema.ExecutionAnswer;
import dev.tidemark.core.schema.Presence;
import dev.tidemark.core.schema.faults.StreamFailed;
import dev.tidemark.spi.Feed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One operation of a socket: tells its results, until there are none or the client wants no more. */
final class Operation implements Presence {

    private final String id;
    private final SocketWriter writer;
    private final Runnable atEnd;
    private boolean isCancelled;
    private @Nullable Runnable whenGone;

    /** @param atEnd runs before the client is told that it has ended: from then on the id may be used again */
    Operation(String id, SocketWriter writer, Runnable atEnd) {
        this.id = id;
        this.writer = writer;
        this.atEnd = atEnd;
    }

    void tell(ExecutionAnswer answer) {
        switch (answer) {
            case ExecutionAnswer.Complete complete
            when complete.hasData() -> {
                next(complete.body());
                complete();
            }
            case ExecutionAnswer.Complete refused ->
                error(Objects.requireNonNull(refused.body().get("errors")));
            case ExecutionAnswer.Stream(var results) -> tell(results);
        }
    }

    /** The client wants no more of it. */
    void cancel() {
        var gone = cancelled();
        if (gone != null) {
            gone.run();
        }
    }

    @Override
    public Watch watch(Runnable action) {
        if (!isWatched(action)) {
            action.run();
        }
        return this::unwatch;
    }

    private void tell(Feed<Map<String, @Nullable Object>> results) {
        try (results;
                var _ = watch(results::close)) {
            for (var result = results.next(); result.isPresent(); result = results.next()) {
                next(result.get());
            }
            complete();
        } catch (StreamFailed e) {
            error(e.errors());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void next(Map<String, @Nullable Object> result) {
        send("next", result);
    }

    private void error(Object errors) {
        atEnd.run();
        send("error", errors);
    }

    private void complete() {
        atEnd.run();
        send("complete", null);
    }

    private void send(String type, @Nullable Object payload) {
        if (isWanted()) {
            Map<String, @Nullable Object> message = new LinkedHashMap<>();
            message.put("id", id);
            message.put("type", type);
            if (payload != null) {
                message.put("payload", payload);
            }
            writer.send(JsonWriter.write(message));
        }
    }

    private synchronized boolean isWanted() {
        return !isCancelled;
    }

    private synchronized @Nullable Runnable cancelled() {
        isCancelled = true;
        var gone = whenGone;
        whenGone = null;
        return gone;
    }

    private synchronized boolean isWatched(Runnable action) {
        if (!isCancelled) {
            whenGone = action;
        }
        return !isCancelled;
    }

    private synchronized void unwatch() {
        whenGone = null;
    }
}

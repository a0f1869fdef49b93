package dev.tidemark.core.schema;

import graphql.GraphQLContext;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderOptions;
import org.dataloader.DataLoaderRegistry;
import org.dataloader.MappedBatchLoaderWithContext;
import org.dataloader.instrumentation.DataLoaderInstrumentation;
import org.dataloader.instrumentation.DataLoaderInstrumentationContext;

/** The data loaders of one request, and when they load. */
final class BatchLoading implements DataLoaderInstrumentation {

    private static final long PATIENCE_MILLIS = 20;

    private final DataLoaderRegistry loaders = new DataLoaderRegistry();
    private final AtomicLong asked = new AtomicLong();
    private final AtomicBoolean isDue = new AtomicBoolean();
    private final Executor later =
            CompletableFuture.delayedExecutor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS, Thread::startVirtualThread);

    DataLoaderRegistry loaders() {
        return loaders;
    }

    /** Loads all keys that were asked for. */
    void dispatch() {
        loaders.dispatchAll();
    }

    /**
     * @param remembers whether a key is loaded once for the whole request; a subscription wants news
     */
    void register(
            Map<String, MappedBatchLoaderWithContext<?, ?>> batchLoaders,
            GraphQLContext context,
            RequestThreads threads,
            boolean remembers) {
        var options = DataLoaderOptions.newOptions()
                .setBatchLoaderContextProvider(() -> context)
                .setCachingEnabled(remembers)
                .setInstrumentation(this)
                .build();
        batchLoaders.forEach((name, loader) -> loaders.register(name, loader(name, loader, threads, options)));
    }

    private static <K, V> DataLoader<K, V> loader(
            String name, MappedBatchLoaderWithContext<K, V> loader, RequestThreads threads, DataLoaderOptions options) {
        return DataLoaderFactory.newMappedDataLoader(
                name, (keys, environment) -> onThread(threads, () -> loader.load(keys, environment)), options);
    }

    @SuppressWarnings("unchecked") // a thread answers with what its work returned
    private static <T> CompletionStage<T> onThread(RequestThreads threads, Callable<CompletionStage<T>> work) {
        return (CompletionStage<T>) (CompletionStage<?>) threads.call(work);
    }

    /** While some resolver is still busy, what the others asked for does not wait for it. */
    @Override
    public DataLoaderInstrumentationContext<Object> beginLoad(DataLoader<?, ?> loader, Object key, Object keyContext) {
        return new DataLoaderInstrumentationContext<>() {
            @Override
            public void onDispatched() {
                dispatchSoon();
            }
        };
    }

    private void dispatchSoon() {
        asked.incrementAndGet();
        if (isDue.compareAndSet(false, true)) {
            dispatchWhenQuiet();
        }
    }

    /** Keys come in swarms: as long as more come, it waits. */
    private void dispatchWhenQuiet() {
        var seen = asked.get();
        later.execute(() -> {
            if (asked.get() != seen) {
                dispatchWhenQuiet();
                return;
            }
            isDue.set(false);
            dispatch();
        });
    }
}

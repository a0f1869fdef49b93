package dev.tidemark.core.schema.resolvers;

import graphql.GraphQLContext;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderOptions;
import org.dataloader.DataLoaderRegistry;
import org.dataloader.MappedBatchLoaderWithContext;

/** The data loaders of one request. They load when its threads have come to rest, or only slow ones are left. */
public final class BatchLoading {

    private final DataLoaderRegistry loaders = new DataLoaderRegistry();

    public DataLoaderRegistry loaders() {
        return loaders;
    }

    /** Loads all keys that were asked for, and tells whether there were any. */
    public boolean dispatch() {
        return loaders.dispatchAllWithCount() > 0;
    }

    /**
     * @param remembers whether a key is loaded once for the whole request; a subscription wants news
     */
    public void register(
            Map<String, MappedBatchLoaderWithContext<?, ?>> batchLoaders,
            GraphQLContext context,
            RequestThreads threads,
            boolean remembers) {
        var options = DataLoaderOptions.newOptions()
                .setBatchLoaderContextProvider(() -> context)
                .setCachingEnabled(remembers)
                .setInstrumentation(new Patience(threads, loaders))
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
}

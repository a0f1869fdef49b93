package dev.tidemark.core.schema.resolvers;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderRegistry;
import org.dataloader.instrumentation.DataLoaderInstrumentation;
import org.dataloader.instrumentation.DataLoaderInstrumentationContext;

/**
 * Loads what was asked for while a slow resolver keeps the request from coming to rest.
 *
 * <p>Time alone cannot tell a slow resolver from a busy machine. So keys wait for as long as any resolver computes, which
 * may yet ask for more, and are loaded once all that run wait themselves, for a database mostly.
 */
final class Patience implements DataLoaderInstrumentation {

    private static final Executor LATER =
            CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS, Thread::startVirtualThread);

    private final RequestThreads threads;
    private final DataLoaderRegistry loaders;
    private final AtomicBoolean isDue = new AtomicBoolean();

    Patience(RequestThreads threads, DataLoaderRegistry loaders) {
        this.threads = threads;
        this.loaders = loaders;
    }

    @Override
    public DataLoaderInstrumentationContext<Object> beginLoad(DataLoader<?, ?> loader, Object key, Object keyContext) {
        return new DataLoaderInstrumentationContext<>() {
            @Override
            public void onDispatched() {
                if (isDue.compareAndSet(false, true)) {
                    LATER.execute(Patience.this::look);
                }
            }
        };
    }

    private void look() {
        if (threads.areComputing()) {
            LATER.execute(this::look);
            return;
        }
        isDue.set(false);
        threads.around(loaders::dispatchAll);
    }
}

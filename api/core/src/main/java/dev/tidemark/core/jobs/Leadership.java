package dev.tidemark.core.jobs;

import dev.tidemark.core.threads.BackgroundThread;
import dev.tidemark.spi.Database;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries to lead, and tells a scheduler when this node does. */
public final class Leadership implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final int RENEWALS = 3;

    private final UUID node;
    private final Duration lease;
    private final LeaseStore store;
    private final LongSupplier nanos;
    private final Office office;
    private final BackgroundThread thread;
    private volatile Optional<Term> current = Optional.empty();
    private volatile boolean closed;

    /**
     * Starts trying.
     *
     * @param nanos the node's monotonic clock
     */
    public Leadership(Database server, UUID node, Duration lease, LongSupplier nanos, Office office) {
        this.node = node;
        this.lease = lease;
        this.store = new LeaseStore(server);
        this.nanos = nanos;
        this.office = office;
        this.thread = BackgroundThread.start("leadership", this::run);
    }

    /** The node that leads, as the database has it. */
    public LeaseStore.Leader leader() {
        return store.leader();
    }

    @Override
    public void close() {
        closed = true;
        thread.close();
    }

    private void run() {
        while (!closed) {
            try {
                step();
                TimeUnit.NANOSECONDS.sleep(lease.toNanos() / RENEWALS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.warn("Leadership could not be asked for: {}", e.getMessage());
                pause();
            }
        }
        resign();
    }

    private void step() {
        var before = nanos.getAsLong();
        if (current.isEmpty()) {
            store.take(node, lease).ifPresent(number -> begin(number, before));
            return;
        }
        var term = current.get();
        if (!store.renew(term.number(), lease)) {
            end("another node has taken over");
        } else if (!term.renewed(before)) {
            end("the lease was renewed too late");
            store.release(term.number(), lease);
        }
    }

    private void begin(long number, long askedAt) {
        var term = new Term(number, lease, nanos, askedAt);
        current = Optional.of(term);
        LOG.info("This node leads: term {}.", number);
        office.begin(term);
    }

    private void end(String reason) {
        current.ifPresent(term -> {
            current = Optional.empty();
            term.end();
            LOG.info("This node leads no more (term {}): {}.", term.number(), reason);
            office.end();
        });
    }

    /** When the database does not answer, the lease runs out on our own clock. */
    private void pause() {
        if (current.filter(Term::isOver).isPresent()) {
            end("the lease could not be renewed");
        }
        try {
            TimeUnit.NANOSECONDS.sleep(lease.toNanos() / (RENEWALS * 2L));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void resign() {
        var term = current;
        end("the server stops");
        var interrupted = Thread.interrupted();
        try {
            term.ifPresent(held -> store.release(held.number(), lease));
        } catch (RuntimeException e) {
            LOG.warn("The lease was not given back; it expires by itself: {}", e.getMessage());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is done while this node leads. */
    public interface Office {
        void begin(Term term);

        /** Returns when nothing of the term runs any more. */
        void end();
    }
}

package dev.tidemark.server.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running PostgreSQL that belongs to this process. The owner closes it last, after everything that uses it; when the process is
 * killed instead, the next start in the same directory stops what is left and loses nothing that was committed.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final int ATTEMPTS = 5;

    private final DirectoryLock lock;
    private final Postmaster postmaster;
    private final Access access;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedDatabase(DirectoryLock lock, Postmaster postmaster, Access access) {
        this.lock = lock;
        this.postmaster = postmaster;
        this.access = access;
    }

    /**
     * Starts the database of a directory; makes both when they do not exist yet.
     *
     * @throws EmbeddedDatabaseException when the operator must do something first, such as stop another server on the directory
     */
    public static EmbeddedDatabase start(Path directory) throws IOException {
        Home home = Home.create(directory);
        return start(home, DirectoryLock.acquire(home));
    }

    /** Takes over the lock, also when the start fails. */
    static EmbeddedDatabase start(Home home, DirectoryLock lock) throws IOException {
        return start(home, lock, Port::choose);
    }

    static EmbeddedDatabase start(Home home, DirectoryLock lock, Port.Choice ports) throws IOException {
        try {
            var binaries = Binaries.of(home);
            var postmaster = new Postmaster(home, binaries);
            postmaster.stop();
            var cluster = new Cluster(home, binaries);
            prepare(home, cluster);
            var password = Password.read(home);
            int port = launch(home, cluster, postmaster, ports);
            return new EmbeddedDatabase(lock, postmaster, new Access(port, password));
        } catch (IOException | RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    private static void prepare(Home home, Cluster cluster) throws IOException {
        if (home.hasData()) {
            cluster.refuseOtherVersion(home.data());
        } else {
            cluster.initialize();
        }
    }

    /** What was free may be taken by somebody else before PostgreSQL has it: then it starts with another. */
    private static int launch(Home home, Cluster cluster, Postmaster postmaster, Port.Choice ports) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = ports.of(home.port());
            cluster.configure(port);
            try {
                postmaster.start();
                return port;
            } catch (EmbeddedDatabaseException failure) {
                if (attempt == ATTEMPTS || !Port.isTaken(port)) {
                    throw failure;
                }
                LOG.info("PostgreSQL in {} starts again: somebody else took port {} meanwhile.", home.path(), port);
            }
        }
    }

    public String url() {
        return access.url();
    }

    public String user() {
        return Access.USER;
    }

    public String password() {
        return access.password();
    }

    /** Ends all connections and stops PostgreSQL; without effect when it is closed. */
    @Override
    public void close() throws IOException {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            postmaster.stop();
        } finally {
            lock.close();
        }
    }
}

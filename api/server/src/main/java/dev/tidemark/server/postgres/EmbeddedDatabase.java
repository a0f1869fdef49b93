package dev.tidemark.server.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running PostgreSQL that belongs to this process. The owner closes it last, after everything that uses it; when the process is
 * killed instead, the next start in the same directory stops what is left and loses nothing that was committed.
 */
public final class EmbeddedDatabase implements AutoCloseable {
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
        try {
            var binaries = Binaries.of(home);
            var postmaster = new Postmaster(home, binaries);
            postmaster.stop();
            prepare(home, new Cluster(home, binaries));
            var access = Access.of(home);
            postmaster.start();
            return new EmbeddedDatabase(lock, postmaster, access);
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
        cluster.configure(Port.choose(home.port()));
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

package dev.tidemark.server.postgres;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The right to run programs in a home; it ends with the process that holds it, however that ends. */
final class DirectoryLock implements AutoCloseable {
    /** Closing any channel to a file drops all locks that a process has on it: within this process the set decides. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static Optional<DirectoryLock> tryAcquire(Home home) throws IOException {
        Path file = home.lock();
        if (!HELD.add(file)) {
            return Optional.empty();
        }
        Optional<DirectoryLock> lock = Optional.empty();
        try {
            lock = locked(file);
            return lock;
        } finally {
            if (lock.isEmpty()) {
                HELD.remove(file);
            }
        }
    }

    private static Optional<DirectoryLock> locked(Path file) throws IOException {
        var channel = FileChannel.open(file, CREATE, WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            return Optional.empty();
        }
        channel.truncate(0);
        channel.write(StandardCharsets.US_ASCII.encode(
                Long.toString(ProcessHandle.current().pid())));
        return Optional.of(new DirectoryLock(file, channel));
    }

    static DirectoryLock acquire(Home home) throws IOException {
        Optional<DirectoryLock> lock = tryAcquire(home);
        if (lock.isPresent()) {
            return lock.get();
        }
        throw new EmbeddedDatabaseException(
                "The database in %s is in use by process %s: stop that one, or choose another data directory for this one."
                        .formatted(home.path(), holder(home)));
    }

    private static String holder(Home home) throws IOException {
        return HELD.contains(home.lock())
                ? Long.toString(ProcessHandle.current().pid())
                : Files.readString(home.lock());
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(file);
        }
    }
}

package dev.tidemark.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The processes of PostgreSQL in a home: started, found again after a crash, stopped. Only the holder of the lock may ask. */
record Postmaster(Home home, Binaries binaries) {
    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
    private static final int RECOVERY_SECONDS = 600;
    private static final int SHUTDOWN_SECONDS = 60;
    private static final int POLL_NANOS = 20_000_000;
    private static final int POLLS = 500;

    void start() throws IOException {
        Path output = home.log().resolve("start.log");
        Files.deleteIfExists(output);
        try {
            binaries.run("pg_ctl", "start", "-w", "-t", RECOVERY_SECONDS, "-D", home.data(), "-l", output);
        } catch (ProgramFailed failure) {
            throw new EmbeddedDatabaseException(
                    "PostgreSQL did not start in %s: %s. The files in %s say more."
                            .formatted(home.path(), Log.lastFault(home.log()).orElse("no reason given"), home.log()),
                    failure);
        }
    }

    /** Stops what runs, whoever started it; without effect when nothing does. */
    void stop() throws IOException {
        if (isRunning()) {
            shutDown();
        }
        endStragglers();
        Files.deleteIfExists(home.postmasterFile());
    }

    /**
     * PostgreSQL 18 may wait for ever when it is stopped amid a recovery, and may end by itself meanwhile. What does not end
     * is a straggler; what it leaves, the next start recovers.
     */
    private void shutDown() throws IOException {
        for (var mode : List.of("fast", "immediate")) {
            try {
                stop(mode);
                return;
            } catch (ProgramFailed e) {
                LOG.info("PostgreSQL in {} was not stopped ({}): {}", home.path(), mode, e.getMessage());
            }
        }
    }

    private void stop(String mode) throws IOException {
        binaries.run("pg_ctl", "stop", "-m", mode, "-w", "-t", SHUTDOWN_SECONDS, "-D", home.data());
    }

    /** Not whether the number in the file is in use: after a crash it may be a zombie's, or a stranger's. */
    private boolean isRunning() throws IOException {
        Optional<Long> pid = pid();
        return processes().stream().anyMatch(process -> pid.equals(Optional.of(process.pid())));
    }

    private Optional<Long> pid() throws IOException {
        if (!Files.exists(home.postmasterFile())) {
            return Optional.empty();
        }
        return Files.readAllLines(home.postmasterFile()).stream()
                .findFirst()
                .filter(line -> line.matches("\\d{1,18}"))
                .map(Long::valueOf);
    }

    /** What has lost its postmaster has nothing left to save: the next start recovers from the write-ahead log. */
    private void endStragglers() {
        List<ProcessHandle> left = processes();
        for (int poll = 0; !left.isEmpty(); poll++) {
            if (poll == POLLS) {
                throw new EmbeddedDatabaseException(
                        "The processes %s of an earlier PostgreSQL in %s do not end: end them by hand, then start again."
                                .formatted(left.stream().map(ProcessHandle::pid).toList(), home.path()));
            }
            left.forEach(ProcessHandle::destroyForcibly);
            LockSupport.parkNanos(POLL_NANOS);
            left = processes();
        }
    }

    /** Each program of this home is run by nobody else; a zombie has no command any more. */
    private List<ProcessHandle> processes() {
        String ours = home.binaries() + "/";
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").startsWith(ours))
                .toList();
    }
}

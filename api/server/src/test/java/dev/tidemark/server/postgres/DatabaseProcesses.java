package dev.tidemark.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The processes of the PostgreSQL in a directory, whoever started it, for tests that do bad things to them. */
public record DatabaseProcesses(Path directory) {

    /** SIGKILL to all of them at once: nothing is written any more. */
    public void kill() throws IOException {
        all().forEach(ProcessHandle::destroyForcibly);
    }

    /** SIGSTOP: it keeps its connections, and says nothing. */
    public void freeze() throws IOException {
        signal("STOP");
    }

    /** SIGCONT. */
    public void thaw() throws IOException {
        signal("CONT");
    }

    /** The postmaster first, so that it starts no other; none when it has given up by itself. */
    private List<ProcessHandle> all() throws IOException {
        var file = directory.resolve("data/postmaster.pid");
        if (!Files.exists(file)) {
            return List.of();
        }
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst()))
                .map(postmaster -> Stream.concat(Stream.of(postmaster), postmaster.descendants())
                        .toList())
                .orElse(List.of());
    }

    private void signal(String name) throws IOException {
        for (var process : all()) {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .onExit()
                    .join();
        }
    }
}

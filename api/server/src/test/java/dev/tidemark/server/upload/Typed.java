package dev.tidemark.server.upload;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidemark.server.JavaCommand;
import dev.tidemark.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What somebody typed behind {@code ./tidemark}, in a process of its own. */
final class Typed implements AutoCloseable {

    private final Process process;

    private Typed(Process process) {
        this.process = process;
    }

    static Typed tidemark(String... arguments) {
        var builder = new ProcessBuilder(JavaCommand.of(List.of(), List.of(arguments))).redirectErrorStream(true);
        builder.environment().put("TIDEMARK_KEY", ServerProcess.ADMIN_KEY);
        try {
            return new Typed(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** All it printed until its end. */
    String output() throws IOException {
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }

    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

package dev.tidemark.server.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process of its own that runs the database of a directory until it is killed. */
record ServerProcess(Process process, Path directory) implements AutoCloseable {

    static void main(String[] arguments) throws Exception {
        EmbeddedDatabase.start(Path.of(arguments[0]));
        System.out.println("ready");
        Thread.currentThread().join();
    }

    static ServerProcess start(Path directory) throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerProcess.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (!"ready".equals(line)) {
            process.destroyForcibly();
            throw new IOException("the process did not start: " + line);
        }
        return new ServerProcess(process, directory);
    }

    ProcessHandle postmaster() throws IOException {
        String pid =
                Files.readAllLines(directory.resolve("data/postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    void killWithDatabase() throws IOException {
        ProcessHandle postmaster = postmaster();
        kill();
        postmaster.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
    }
}

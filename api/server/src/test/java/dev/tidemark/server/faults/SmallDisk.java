package dev.tidemark.server.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file system of a few megabytes, in memory. */
record SmallDisk(Path path) implements AutoCloseable {

    private static final int BLOCK = 4096;

    /** Skips the test where it may not be mounted. */
    static SmallDisk mount(Path path, int megabytes) throws IOException {
        Files.createDirectories(path);
        assumeTrue(
                succeeds("mount", "-t", "tmpfs", "-o", "mode=0700,size=" + megabytes + "m", "tmpfs", path.toString()),
                "A small disk must be mounted, which only root may");
        return new SmallDisk(path);
    }

    /** Leaves no room. */
    void fill() {
        try (var ballast = Files.newOutputStream(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                ballast.write(new byte[BLOCK]);
            }
        } catch (IOException e) {
            // it is full
        }
    }

    /** Gives back what {@link #fill} took. */
    void free() throws IOException {
        Files.delete(ballast());
    }

    @Override
    public void close() throws IOException {
        succeeds("umount", "--lazy", path.toString());
    }

    private Path ballast() {
        return path.resolve("ballast");
    }

    private static boolean succeeds(String... command) throws IOException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .start()
                        .onExit()
                        .join()
                        .exitValue()
                == 0;
    }
}

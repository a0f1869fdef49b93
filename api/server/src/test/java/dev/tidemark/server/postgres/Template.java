package dev.tidemark.server.postgres;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A database that ran once: copying it is faster than unpacking and making one for each test. */
record Template(Path directory) implements AutoCloseable {

    static Template make() throws IOException {
        Path directory = Files.createTempDirectory("tidemark-template");
        EmbeddedDatabase.start(directory).close();
        return new Template(directory);
    }

    void copyTo(Path target) throws IOException {
        List<Path> parentsFirst;
        try (var files = Files.walk(directory)) {
            parentsFirst = files.toList();
        }
        for (Path file : parentsFirst) {
            Files.copy(file, target.resolve(directory.relativize(file)), COPY_ATTRIBUTES, NOFOLLOW_LINKS);
        }
    }

    @Override
    public void close() throws IOException {
        Durable.deleteTree(directory);
    }
}

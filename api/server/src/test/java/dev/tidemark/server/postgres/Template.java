package dev.tidemark.server.postgres;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A database that ran once: copying it is faster than unpacking and making one for each test. Nobody writes to its programs: they are shared. */
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
        Path programs = Home.create(directory).binaries();
        for (Path file : parentsFirst) {
            Path copy = target.resolve(directory.relativize(file));
            if (file.startsWith(programs) && Files.isRegularFile(file, NOFOLLOW_LINKS)) {
                Files.createLink(copy, file);
            } else {
                Files.copy(file, copy, COPY_ATTRIBUTES, NOFOLLOW_LINKS);
            }
        }
    }

    @Override
    public void close() throws IOException {
        Durable.deleteTree(directory);
    }
}

package dev.tidemark.server.postgres;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A database that ran once. To copy it takes a tenth of what it takes to unpack and make one for each test, and it stays for the
 * next run. Nobody writes to its programs: they are shared.
 */
public record Template(Path directory) {

    /** On the file system of temporary directories, so that files can be shared with those. */
    private static final Path PLACE =
            Path.of(System.getProperty("java.io.tmpdir"), "tidemark-template-" + System.getProperty("user.name"));

    /** The one of all test processes, made by whoever comes first. */
    public static Template shared() throws IOException {
        Path place = Home.create(PLACE).path();
        Path made = place.resolve(Binaries.version());
        try (var channel = FileChannel.open(place.resolve("making"), CREATE, WRITE);
                var _ = channel.lock()) {
            if (!Files.isDirectory(made)) {
                Path unfinished = place.resolve("unfinished");
                Durable.deleteTree(unfinished);
                EmbeddedDatabase.start(unfinished).close();
                // else all copies would want the same port
                Files.delete(Home.create(unfinished).port());
                Durable.move(unfinished, made);
            }
        }
        return new Template(made);
    }

    /** Makes the target a directory whose database ran before. */
    public void copyTo(Path target) throws IOException {
        Files.createDirectories(target.toAbsolutePath().getParent());
        copy(directory, target);
    }

    /** Makes the target a directory without a database, with the programs that a first start would unpack. */
    void copyProgramsTo(Path target) throws IOException {
        Home.create(target);
        copy(programs(), target);
    }

    private Path programs() throws IOException {
        return Home.create(directory).binaries();
    }

    private void copy(Path part, Path target) throws IOException {
        List<Path> parentsFirst;
        try (var files = Files.walk(part)) {
            parentsFirst = files.toList();
        }
        Path programs = programs();
        for (Path file : parentsFirst) {
            Path copy = target.resolve(directory.relativize(file));
            if (file.startsWith(programs) && Files.isRegularFile(file, NOFOLLOW_LINKS)) {
                Files.createLink(copy, file);
            } else {
                Files.copy(file, copy, COPY_ATTRIBUTES, NOFOLLOW_LINKS);
            }
        }
    }
}

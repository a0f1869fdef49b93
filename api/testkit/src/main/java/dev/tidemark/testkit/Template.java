package dev.tidemark.testkit;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * A directory that is made once for all test processes of this machine, and stays for the next run: to copy a database takes a
 * tenth of making it.
 */
public record Template(Path directory) {

    /**
     * The one of that name and version, made by whoever comes first. It lies on the file system of temporary directories, so that
     * files can be shared with those.
     */
    public static Template of(String name, String version, Maker maker) throws IOException {
        var temporary = System.getProperty("java.io.tmpdir");
        var place = Files.createDirectories(Path.of(temporary, name + "-" + System.getProperty("user.name")))
                .toRealPath();
        var made = place.resolve(version);
        try (var channel = FileChannel.open(place.resolve("making"), CREATE, WRITE);
                var _ = channel.lock()) {
            if (!Files.isDirectory(made)) {
                var unfinished = place.resolve("unfinished");
                delete(unfinished);
                maker.make(unfinished);
                Files.move(unfinished, made);
            }
        }
        return new Template(made);
    }

    public void copyTo(Path target) throws IOException {
        copyTo(target, directory, file -> false);
    }

    /**
     * Copies a part of it to the same place in the target.
     *
     * @param shared tells files to which nobody writes: they become links
     */
    public void copyTo(Path target, Path part, Predicate<Path> shared) throws IOException {
        for (var file : parentsFirst(part)) {
            var copy = target.resolve(directory.relativize(file));
            if (Files.isRegularFile(file, NOFOLLOW_LINKS) && shared.test(file)) {
                Files.createLink(copy, file);
            } else {
                Files.copy(file, copy, COPY_ATTRIBUTES, NOFOLLOW_LINKS);
            }
        }
    }

    static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            for (var file : parentsFirst(directory).reversed()) {
                Files.delete(file);
            }
        }
    }

    private static List<Path> parentsFirst(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.toList();
        }
    }

    /** Makes the directory, which does not exist yet. */
    @FunctionalInterface
    public interface Maker {
        void make(Path directory) throws IOException;
    }
}

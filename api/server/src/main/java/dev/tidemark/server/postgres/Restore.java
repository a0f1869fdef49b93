package dev.tidemark.server.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The way back from a {@link Backup}. */
public final class Restore {
    private Restore() {}

    /**
     * Puts the database of a backup into a directory that has none; the next start there recovers it to the end of the backup.
     * A restore that is interrupted leaves no database behind.
     *
     * @throws EmbeddedDatabaseException when the operator must do something first, such as name an empty directory
     */
    public static void into(Path directory, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new EmbeddedDatabaseException("There is no file %s to restore from.".formatted(file));
        }
        Home home = Home.create(directory);
        try (var _ = DirectoryLock.acquire(home)) {
            if (home.hasData()) {
                throw new EmbeddedDatabaseException(
                        "There is a database in %s already: restore into another data directory, or move this one away first."
                                .formatted(home.path()));
            }
            Path unfinished = home.unfinishedData();
            Durable.deleteTree(unfinished);
            try {
                unpack(file, unfinished);
                install(home, unfinished);
            } finally {
                Durable.deleteTree(unfinished);
            }
        }
    }

    private static void unpack(Path file, Path target) {
        try (var packed = new BufferedInputStream(Files.newInputStream(file));
                var tar = new TarArchiveInputStream(new GZIPInputStream(packed))) {
            new Unpacked(target).receive(tar);
        } catch (IOException failure) {
            throw new EmbeddedDatabaseException(
                    "Restoring %s stopped, nothing was changed: %s. Is the file a whole backup of Tidemark, and is there room for its content?"
                            .formatted(file, failure.getMessage()),
                    failure);
        }
        if (!Files.exists(target.resolve("password")) || !Files.exists(target.resolve("data/backup_label"))) {
            throw new EmbeddedDatabaseException(
                    "The file %s is not a backup of Tidemark: name one that \"tidemark backup\" wrote."
                            .formatted(file));
        }
    }

    private static void install(Home home, Path unpacked) throws IOException {
        Path data = unpacked.resolve("data");
        var binaries = Binaries.of(home);
        new Cluster(home, binaries).refuseOtherVersion(data);
        binaries.run("initdb", "--sync-only", "--pgdata=" + data);
        Durable.write(home.password(), Files.readString(unpacked.resolve("password")));
        Durable.move(data, home.data());
    }
}

package dev.tidemark.server.postgres;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A copy of an embedded database in one file, in the state of one instant while {@link #take} runs. */
public final class Backup {
    private Backup() {}

    /**
     * Writes a backup of the database of a directory, while a server runs on it or while none does. The file ({@code .tar.gz}, readable
     * to its owner only, for it holds all data and the database's password) appears when it is complete and on disk.
     *
     * @throws EmbeddedDatabaseException when the operator must do something first, such as name a file that does not exist yet
     */
    public static void take(Path directory, Path file) throws IOException {
        if (Files.exists(file)) {
            throw new EmbeddedDatabaseException(
                    "The file %s exists: name another one for the backup, none is ever overwritten.".formatted(file));
        }
        if (!Files.isDirectory(file.toAbsolutePath().resolveSibling(""))) {
            throw new EmbeddedDatabaseException(
                    "The directory for the backup %s does not exist: make it first.".formatted(file));
        }
        Home home = Home.existing(directory);
        Optional<DirectoryLock> lock = DirectoryLock.tryAcquire(home);
        if (lock.isEmpty()) {
            write(home, file);
            return;
        }
        try (var _ = EmbeddedDatabase.start(home, lock.get())) {
            write(home, file);
        }
    }

    private static void write(Home home, Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Path unfinished = Files.createTempFile(target.resolveSibling(""), target.getFileName() + ".", ".part");
        try {
            try (var out = new BackupArchive(new BufferedOutputStream(Files.newOutputStream(unfinished)))) {
                copy(home, out);
            }
            Durable.force(unfinished);
            if (Files.exists(target)) {
                throw new FileAlreadyExistsException(target.toString());
            }
            Durable.move(unfinished, target);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static void copy(Home home, BackupArchive archive) throws IOException {
        try (var database = BackupStore.connect(Access.of(home))) {
            String firstLog = database.begin();
            Files.walkFileTree(home.data(), new DataFiles(home.data(), archive));
            BackupStore.End end = database.end();
            archive.file("data/backup_label", end.label());
            copyLog(home.data().resolve("pg_wal"), firstLog, end.lastLog(), archive);
            archive.file("password", Access.of(home).password());
        }
    }

    /** From the segment in which the backup began to the one in which it ended: their names sort as they were written. */
    private static void copyLog(Path directory, String first, String last, BackupArchive archive) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path segment : files.sorted().toList()) {
                String name = segment.getFileName().toString();
                if (name.matches("[0-9A-F]{24}") && name.compareTo(first) >= 0 && name.compareTo(last) <= 0) {
                    archive.file("data/pg_wal/" + name, segment);
                }
            }
        }
        // the oldest goes first: while it is there, all are
        if (!Files.exists(directory.resolve(first))) {
            throw new EmbeddedDatabaseException(
                    "PostgreSQL removed its log %s, which the backup needs: reset its setting max_slot_wal_keep_size, then try again."
                            .formatted(first));
        }
    }
}

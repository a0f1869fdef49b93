package dev.tidemark.server.postgres;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Copies a data directory without what a start makes anew, as PostgreSQL's own base backup does. */
final class DataFiles extends SimpleFileVisitor<Path> {
    private static final Set<String> EMPTIED = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");
    private static final Set<String> LEFT_OUT = Set.of(
            "postmaster.pid",
            "postmaster.opts",
            "current_logfiles",
            "current_logfiles.tmp",
            "backup_label",
            "backup_label.old",
            "tablespace_map",
            "tablespace_map.old",
            "postgresql.auto.conf.tmp");

    private final Path data;
    private final BackupArchive archive;

    DataFiles(Path data, BackupArchive archive) {
        this.data = data;
        this.archive = archive;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
        if (isTemporary(directory)) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        archive.directory(name(directory));
        return EMPTIED.contains(inside(directory)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (!attributes.isRegularFile()) {
            throw new EmbeddedDatabaseException(
                    "A backup holds nothing outside the data directory, but %s leads there: move the tablespace back first."
                            .formatted(file));
        }
        if (inside(file).equals("global/pg_control")) {
            archive.file(name(file), whole(file));
        } else if (!LEFT_OUT.contains(inside(file)) && !isTemporary(file)) {
            archive.file(name(file), file);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        return orDropped(failure);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
        return failure == null ? FileVisitResult.CONTINUE : orDropped(failure);
    }

    private static FileVisitResult orDropped(IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }

    /** No log repairs this file, and a read may meet a write half-way: two equal reads met none. */
    private static byte[] whole(Path file) throws IOException {
        byte[] earlier = Files.readAllBytes(file);
        byte[] later = Files.readAllBytes(file);
        while (!Arrays.equals(earlier, later)) {
            earlier = later;
            later = Files.readAllBytes(file);
        }
        return later;
    }

    private static boolean isTemporary(Path path) {
        String last = path.getFileName().toString();
        return last.startsWith("pgsql_tmp") || last.startsWith("pg_internal.init");
    }

    private String inside(Path path) {
        return data.relativize(path).toString();
    }

    private String name(Path path) {
        return path.equals(data) ? "data" : "data/" + inside(path);
    }
}

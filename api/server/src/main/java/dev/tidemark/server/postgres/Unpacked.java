package dev.tidemark.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A directory that receives the content of an archive; nothing of it lands elsewhere, and only the owner may read it. */
record Unpacked(Path root) {
    private static final int OWNER_EXECUTES = 0100;

    void receive(TarArchiveInputStream archive) throws IOException {
        Files.createDirectories(root);
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        for (var entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
            receive(entry, archive);
        }
    }

    private void receive(TarArchiveEntry entry, TarArchiveInputStream content) throws IOException {
        Path target = inside(root, entry.getName());
        Files.createDirectories(target.resolveSibling(""));
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwx------"));
        } else if (entry.isSymbolicLink()) {
            inside(target.resolveSibling(""), entry.getLinkName());
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(content, target);
            boolean executable = (entry.getMode() & OWNER_EXECUTES) != 0;
            Files.setPosixFilePermissions(
                    target, PosixFilePermissions.fromString(executable ? "rwx------" : "rw-------"));
        } else {
            throw new EmbeddedDatabaseException(
                    "The archive has the entry %s of a kind that has no place in it: use an archive that Tidemark made."
                            .formatted(entry.getName()));
        }
    }

    private Path inside(Path from, String name) {
        Path target = from.resolve(name).normalize();
        if (!target.startsWith(root)) {
            throw new EmbeddedDatabaseException(
                    "The archive has the entry %s, which leads out of it: use an archive that Tidemark made."
                            .formatted(name));
        }
        return target;
    }
}

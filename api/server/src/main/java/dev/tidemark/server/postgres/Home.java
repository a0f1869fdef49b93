package dev.tidemark.server.postgres;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;

/** The directory of an embedded PostgreSQL and the places in it. */
record Home(Path path) {
    /** initdb and pg_ctl pass their paths through a shell, between double quotes. */
    private static final Pattern BROKEN_BY_SHELL = Pattern.compile("[\"$`\\\\\\n]");

    static Home create(Path directory) throws IOException {
        make(directory);
        refuseOtherOwner(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        Path path = directory.toRealPath();
        if (BROKEN_BY_SHELL.matcher(path.toString()).find()) {
            throw new EmbeddedDatabaseException(
                    "PostgreSQL cannot be started in %s: choose a data directory whose path has no \", $, `, \\ or line break."
                            .formatted(path));
        }
        Files.createDirectories(path.resolve("log"));
        return new Home(path);
    }

    static Home existing(Path directory) throws IOException {
        if (!Files.isDirectory(directory.resolve("data"))) {
            throw new EmbeddedDatabaseException(
                    "There is no embedded database in %s: name the data directory of a server that has run."
                            .formatted(directory));
        }
        return create(directory);
    }

    private static void make(Path directory) throws IOException {
        try {
            Files.createDirectories(directory);
        } catch (AccessDeniedException denied) {
            throw new EmbeddedDatabaseException(
                    "The directory %s cannot be made: give the user %s the right to write there, or choose another data directory."
                            .formatted(directory, System.getProperty("user.name")),
                    denied);
        }
    }

    /** A run as another user, root for example, would leave files that the owner's server cannot read. */
    private static void refuseOtherOwner(Path directory) throws IOException {
        long owner = ((Integer) Files.getAttribute(directory, "unix:uid")).longValue();
        if (owner != new UnixSystem().getUid()) {
            throw new EmbeddedDatabaseException("The directory %s belongs to the user %s: run Tidemark as that user."
                    .formatted(directory, Files.getOwner(directory).getName()));
        }
    }

    Path lock() {
        return path.resolve("lock");
    }

    Path password() {
        return path.resolve("password");
    }

    Path port() {
        return path.resolve("port");
    }

    Path binaries() {
        return path.resolve("bin");
    }

    Path log() {
        return path.resolve("log");
    }

    Path data() {
        return path.resolve("data");
    }

    /** Becomes {@link #data} by a rename, once it is complete and on disk. */
    Path unfinishedData() {
        return path.resolve("data.new");
    }

    Path postmasterFile() {
        return data().resolve("postmaster.pid");
    }

    boolean hasData() {
        return Files.exists(data());
    }
}

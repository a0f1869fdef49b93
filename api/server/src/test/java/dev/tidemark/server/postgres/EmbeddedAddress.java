package dev.tidemark.server.postgres;

import dev.tidemark.core.postgres.PostgresAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The way into a database that this or another process runs. */
public final class EmbeddedAddress {

    private EmbeddedAddress() {}

    public static PostgresAddress of(Path directory) {
        try {
            var access = Access.of(Home.existing(directory));
            return new PostgresAddress(access.url(), Access.USER, access.password());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

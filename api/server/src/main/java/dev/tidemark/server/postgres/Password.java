package dev.tidemark.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The password of the role postgres, in a file that only its owner may read. */
final class Password {
    private static final int BYTES = 32;

    private Password() {}

    static String read(Home home) throws IOException {
        if (!Files.exists(home.password())) {
            throw new EmbeddedDatabaseException(
                    "The file %s is missing, and without it nobody gets into the database beside it: put it back, or restore a backup into another data directory."
                            .formatted(home.password()));
        }
        return Files.readString(home.password()).strip();
    }

    /** On disk before the database that is made with it. */
    static void create(Home home, SecureRandom random) throws IOException {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        Durable.write(home.password(), HexFormat.of().formatHex(bytes));
    }
}

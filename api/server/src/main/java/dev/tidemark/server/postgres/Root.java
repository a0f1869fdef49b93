package dev.tidemark.server.postgres;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.util.List;

/** PostgreSQL refuses to run as root: in a user namespace of its own it does not see that it does. */
final class Root {
    private Root() {}

    /** What must stand before each command. */
    static List<String> prefix() {
        if (new UnixSystem().getUid() != 0) {
            return List.of();
        }
        if (!namespacesAreAllowed()) {
            throw new EmbeddedDatabaseException(
                    "PostgreSQL does not run as root, and this system allows no user namespaces (unshare -U fails): start Tidemark as an ordinary user, or give it a server of yours with --database-url.");
        }
        return List.of("unshare", "-U");
    }

    private static boolean namespacesAreAllowed() {
        try {
            return new ProcessBuilder("unshare", "-U", "true")
                            .start()
                            .onExit()
                            .join()
                            .exitValue()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }
}

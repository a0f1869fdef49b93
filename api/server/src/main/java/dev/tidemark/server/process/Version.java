package dev.tidemark.server.process;

import java.util.Optional;

/** The version of this build. */
public final class Version {

    private Version() {}

    /** As the jar says it; classes that are in none are under development. */
    public static String current() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(unpackaged)");
    }
}

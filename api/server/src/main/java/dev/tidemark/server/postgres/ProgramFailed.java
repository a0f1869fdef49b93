package dev.tidemark.server.postgres;

import java.io.IOException;

/** A program of PostgreSQL ended with an error. */
final class ProgramFailed extends IOException {

    ProgramFailed(String program, int status, String output) {
        super("%s ended with status %d: %s".formatted(program, status, output));
    }
}

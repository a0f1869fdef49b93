package dev.tidemark.server.process;

/** The server cannot start, and the operator can mend it: the message says how. */
public final class StartRefused extends RuntimeException {

    StartRefused(String sentence) {
        super(sentence);
    }
}

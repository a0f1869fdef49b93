package dev.tidemark.server.cli;

/** A command cannot do what it was asked to; the message says what to do instead. */
final class CommandFailed extends RuntimeException {

    CommandFailed(String sentence) {
        super(sentence);
    }
}

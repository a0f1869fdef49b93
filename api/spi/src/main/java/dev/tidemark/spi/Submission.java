package dev.tidemark.spi;

/** What a sender hands over: an event, or what could not be read as one and is kept as a dead letter. */
public sealed interface Submission permits Event, Submission.Unreadable {

    /**
     * @param raw the input as it came, as far as it could be told apart from its neighbours
     * @param reason why it is no event
     */
    record Unreadable(String raw, Refusal reason) implements Submission {}
}

package dev.tidemark.mailbox.messages;

/** What happens to a message, in this order. */
public enum ChangeKind {
    SENT("message_sent"),
    DELIVERED("message_delivered"),
    READ("message_read");

    private final String collection;

    ChangeKind(String collection) {
        this.collection = collection;
    }

    /** The collection of its events. */
    public String collection() {
        return collection;
    }
}

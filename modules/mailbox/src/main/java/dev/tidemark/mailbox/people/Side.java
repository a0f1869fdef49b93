package dev.tidemark.mailbox.people;

/** The two who write to each other. */
public enum Side {
    PROJECT,
    CUSTOMER;

    public Side other() {
        return this == PROJECT ? CUSTOMER : PROJECT;
    }
}

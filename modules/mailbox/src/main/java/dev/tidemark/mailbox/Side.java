package dev.tidemark.mailbox;

/** The two who write to each other. */
enum Side {
    PROJECT,
    CUSTOMER;

    Side other() {
        return this == PROJECT ? CUSTOMER : PROJECT;
    }
}

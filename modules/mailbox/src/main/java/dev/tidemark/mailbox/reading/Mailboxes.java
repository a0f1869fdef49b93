package dev.tidemark.mailbox.reading;

import dev.tidemark.mailbox.people.Correspondent;
import dev.tidemark.mailbox.people.Persons;
import dev.tidemark.spi.Databases;

/** Finds mailboxes. */
public record Mailboxes(Databases databases, Persons persons, MailboxStore store) {

    public Mailbox of(Correspondent reader) {
        return databases
                .of(reader.project())
                .transaction(connection -> store.find(
                        connection, reader, persons.ids(connection, reader).getFirst()));
    }
}

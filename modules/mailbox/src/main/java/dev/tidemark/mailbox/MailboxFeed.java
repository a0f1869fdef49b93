package dev.tidemark.mailbox;

import dev.tidemark.spi.Database;
import dev.tidemark.spi.Feed;
import dev.tidemark.spi.Hints;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** What happens in a mailbox after a number, page by page; it waits for the doorbell when it has told all there is. */
final class MailboxFeed implements Feed<MailboxFeed.Told> {

    private static final int PAGE = 100;

    private final Correspondent reader;
    private final Database database;
    private final MessageStore messages;
    private final Hints rings = new Hints();
    private final Doorbells.Listening listening;
    private final Queue<Change> page = new ArrayDeque<>();
    private long seen;
    private volatile boolean isClosed;

    /** @param after the last number that is known */
    MailboxFeed(Correspondent reader, long after, Database database, MessageStore messages, Doorbells doorbells) {
        this.reader = reader;
        this.seen = after;
        this.database = database;
        this.messages = messages;
        // before anything is read, so that what comes later rings
        this.listening = doorbells.listen(reader.project(), reader.customer(), rings::give);
    }

    /** What a subscriber gets of a change. */
    record Told(String cursor, ChangeKind kind, MailboxMessage message) {}

    @Override
    public Optional<Told> next() throws InterruptedException {
        while (page.isEmpty() && !isClosed) {
            page.addAll(
                    database.transaction(connection -> messages.changes(connection, reader.customer(), seen, PAGE)));
            if (page.isEmpty()) {
                rings.await();
            }
        }
        return isClosed ? Optional.empty() : Optional.of(told(page.remove()));
    }

    @Override
    public void close() {
        isClosed = true;
        listening.close();
        rings.give();
    }

    private Told told(Change change) {
        seen = change.number();
        return new Told(Cursor.text(reader, change.number()), change.kind(), change.message());
    }
}

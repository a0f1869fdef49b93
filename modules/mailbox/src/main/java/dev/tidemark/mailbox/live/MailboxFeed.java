package dev.tidemark.mailbox.live;

import dev.tidemark.mailbox.messages.ChangeKind;
import dev.tidemark.mailbox.messages.MailboxMessage;
import dev.tidemark.mailbox.people.Correspondent;
import dev.tidemark.mailbox.people.Persons;
import dev.tidemark.mailbox.presence.Presence;
import dev.tidemark.mailbox.presence.Presences;
import dev.tidemark.mailbox.reading.Cursor;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.Feed;
import dev.tidemark.spi.Hints;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * What happens in a mailbox after a number, page by page; it waits for the doorbell when it has told all there is. Who is there is
 * told as it is when there is time to.
 */
final class MailboxFeed implements Feed<MailboxFeed.Told> {

    private static final int PAGE = 100;

    private final Correspondent reader;
    private final Database database;
    private final Persons persons;
    private final ChangeStore changes;
    private final Hints rings = new Hints();
    private final Doorbells.Listening listening;
    private final Presences.Attendance attendance;
    private final Queue<Change> page = new ArrayDeque<>();
    private Optional<List<Presence>> told = Optional.empty();
    private long seen;
    private volatile boolean isClosed;

    /**
     * @param after the last number that is known
     * @param watches whether it tells who is there
     */
    MailboxFeed(
            Correspondent reader,
            long after,
            boolean watches,
            Database database,
            Persons persons,
            ChangeStore changes,
            Doorbells doorbells,
            Presences presences) {
        this.reader = reader;
        this.seen = after;
        this.database = database;
        this.persons = persons;
        this.changes = changes;
        // before anything is read, so that what comes later rings
        this.listening = doorbells.listen(reader.project(), reader.customer(), rings::give);
        this.attendance = presences.attend(reader, watches ? Optional.of(rings::give) : Optional.empty());
    }

    /**
     * What a subscriber gets of a change.
     *
     * @param message to which it happened
     * @param presence what the sides do, if that is what has changed
     */
    public record Told(String cursor, Kind kind, Optional<MailboxMessage> message, List<Presence> presence) {}

    /** {@link ChangeKind} and what happens to no message. */
    public enum Kind {
        SENT,
        DELIVERED,
        READ,
        PRESENCE
    }

    @Override
    public Optional<Told> next() throws InterruptedException {
        while (page.isEmpty() && !isClosed) {
            var present = attendance.present();
            if (!present.equals(told)) {
                told = present;
                return Optional.of(new Told(
                        Cursor.text(reader, seen), Kind.PRESENCE, Optional.empty(), present.orElse(List.of())));
            }
            page.addAll(changes());
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
        attendance.close();
        rings.give();
    }

    private List<Change> changes() {
        return database.transaction(connection -> {
            changes.freeze(connection);
            return changes.after(connection, persons.ids(connection, reader), seen, PAGE);
        });
    }

    private Told told(Change change) {
        seen = change.number();
        return new Told(
                Cursor.text(reader, change.number()),
                Kind.valueOf(change.kind().name()),
                Optional.of(change.message()),
                List.of());
    }
}

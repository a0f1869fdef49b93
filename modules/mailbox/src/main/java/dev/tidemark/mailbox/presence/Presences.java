package dev.tidemark.mailbox.presence;

import dev.tidemark.mailbox.people.Correspondent;
import dev.tidemark.mailbox.people.Persons;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.Project;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Who is in which mailbox: whoever follows one is in it. Each project in which somebody does has a room on this node. */
public final class Presences {

    private final Databases databases;
    private final PresenceStore store;
    private final Persons persons;
    private final LongSupplier ticker;
    private final Map<Project, Room> rooms = new ConcurrentHashMap<>();

    /** @param ticker monotonic nanoseconds */
    public Presences(Databases databases, PresenceStore store, Persons persons, LongSupplier ticker) {
        this.databases = databases;
        this.store = store;
        this.persons = persons;
        this.ticker = ticker;
    }

    /** Someone in a mailbox, until it is closed. */
    public interface Attendance extends AutoCloseable {

        /** What both sides did when that was looked at last, for whoever watches; empty: it was not yet. */
        Optional<List<Presence>> present();

        @Override
        void close();
    }

    /** @param bell runs when what the sides do has changed; empty: this one does not watch */
    public Attendance attend(Correspondent someone, Optional<Runnable> bell) {
        var project = someone.project();
        var attendee = new Room.Attendee(new PresenceStore.Place(someone.customer(), someone.side()), bell);
        var room = rooms.compute(project, (same, open) -> {
            var found = open == null ? new Room(databases.of(project), project, store, persons, ticker) : open;
            found.enter(attendee);
            return found;
        });
        return new Attendance() {
            @Override
            public Optional<List<Presence>> present() {
                return room.present(attendee);
            }

            @Override
            public void close() {
                rooms.computeIfPresent(project, (same, open) -> open == room && room.leave(attendee) ? null : open);
            }
        };
    }

    /** Someone types in a thread for some seconds, or no more. */
    void type(Correspondent writer, Optional<String> thread) {
        databases.of(writer.project()).transaction(connection -> {
            if (thread.isPresent()) {
                store.type(connection, writer, thread.get());
            } else {
                store.stopTyping(connection, writer);
            }
            return writer;
        });
        var room = rooms.get(writer.project());
        if (room != null) {
            room.lookSoon();
        }
    }
}

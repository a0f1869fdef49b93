package dev.tidemark.mailbox.presence;

import dev.tidemark.mailbox.people.Persons;
import dev.tidemark.mailbox.presence.PresenceStore.Place;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.Hints;
import dev.tidemark.spi.Project;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those on this node who follow mailboxes of one project. One thread tells the other nodes who they are, and looks each second, or
 * sooner when something is known to have changed here, at what the sides of the watched mailboxes do: one transaction, however
 * many there are. It ends when all have left.
 */
final class Room {

    private static final Logger LOG = LoggerFactory.getLogger(Room.class);
    private static final Duration PACE = Duration.ofSeconds(1);

    private static final Duration KEPT_UP_EVERY = PresenceStore.STAY.dividedBy(3);

    private final Database database;
    private final Project project;
    private final PresenceStore store;
    private final Persons persons;
    private final LongSupplier ticker;
    private final Set<Attendee> attendees = ConcurrentHashMap.newKeySet();
    private final Hints news = new Hints();
    private volatile Map<String, List<Presence>> present = Map.of();
    private volatile boolean hasEnded;
    private OptionalLong number = OptionalLong.empty();
    private Set<Place> told = Set.of();
    private OptionalLong keptUpAt = OptionalLong.empty();

    /** @param ticker monotonic nanoseconds */
    Room(Database database, Project project, PresenceStore store, Persons persons, LongSupplier ticker) {
        this.database = database;
        this.project = project;
        this.store = store;
        this.persons = persons;
        this.ticker = ticker;
        Thread.ofVirtual().name("mailbox-presence").start(this::keep);
    }

    /** Someone in the room; two are never the same. */
    static final class Attendee {
        private final Place place;
        private final Optional<Runnable> bell;

        /** @param bell runs when what the sides of the mailbox do has changed; empty: this one does not watch */
        Attendee(Place place, Optional<Runnable> bell) {
            this.place = place;
            this.bell = bell;
        }
    }

    void enter(Attendee attendee) {
        attendees.add(attendee);
        lookSoon();
    }

    /** Lets someone go; true: that was the last one, and the room is closed. */
    boolean leave(Attendee attendee) {
        attendees.remove(attendee);
        hasEnded = attendees.isEmpty();
        lookSoon();
        return hasEnded;
    }

    void lookSoon() {
        news.give();
    }

    Optional<List<Presence>> present(Attendee attendee) {
        return Optional.ofNullable(present.get(attendee.place.customer()));
    }

    private void keep() {
        try {
            while (!hasEnded) {
                news.await(PACE);
                tryToLook();
            }
            // tells that nobody is here any more
            tryToLook();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** While the database is away nobody learns of anything; the next look comes within a second. */
    private void tryToLook() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.debug("Who is in the mailboxes of project {} is not known now.", project.slug(), e);
        }
    }

    private void look() {
        var here = new HashSet<Place>();
        var watched = new HashSet<String>();
        for (var attendee : attendees) {
            here.add(attendee.place);
            attendee.bell.ifPresent(bell -> watched.add(attendee.place.customer()));
        }
        var now = ticker.getAsLong();
        var isDue = keptUpAt.isEmpty() || now - keptUpAt.getAsLong() >= KEPT_UP_EVERY.toNanos();
        var gone = without(told, here);
        var staying = isDue ? here : without(here, told);
        if (number.isEmpty()) {
            number = OptionalLong.of(database.transaction(store::room));
        }
        var room = number.getAsLong();
        var found = database.transaction(connection -> {
            store.leave(connection, room, gone);
            store.stay(connection, room, staying);
            if (isDue) {
                store.clear(connection);
            }
            return store.present(connection, persons.ids(connection, watched));
        });
        keptUpAt = isDue ? OptionalLong.of(now) : keptUpAt;
        told = here;
        tell(found);
    }

    private void tell(Map<String, List<Presence>> found) {
        var before = present;
        present = found;
        for (var attendee : attendees) {
            var customer = attendee.place.customer();
            if (!found.getOrDefault(customer, List.of()).equals(before.getOrDefault(customer, List.of()))) {
                attendee.bell.ifPresent(Runnable::run);
            }
        }
    }

    private static Set<Place> without(Set<Place> places, Set<Place> others) {
        var rest = new HashSet<>(places);
        rest.removeAll(others);
        return rest;
    }
}

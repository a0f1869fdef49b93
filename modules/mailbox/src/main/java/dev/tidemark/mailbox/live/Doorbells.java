package dev.tidemark.mailbox.live;

import dev.tidemark.mailbox.messages.ChangeKind;
import dev.tidemark.mailbox.people.Persons;
import dev.tidemark.spi.CommittedEvents;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.Hints;
import dev.tidemark.spi.Position;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.StoredEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes those on this node who follow a mailbox when it has changed, on whichever node. While somebody follows one of a project, one
 * thread reads the events of messages, and rings at the customers they are about; what they say is of no matter.
 */
public final class Doorbells {

    private static final Logger LOG = LoggerFactory.getLogger(Doorbells.class);
    private static final int PAGE = 500;

    private static final Set<String> COLLECTIONS =
            Arrays.stream(ChangeKind.values()).map(ChangeKind::collection).collect(Collectors.toUnmodifiableSet());

    private final CommittedEvents events;
    private final Databases databases;
    private final Persons persons;
    private final Map<Project, Reader> readers = new ConcurrentHashMap<>();

    public Doorbells(CommittedEvents events, Databases databases, Persons persons) {
        this.events = events;
        this.databases = databases;
        this.persons = persons;
    }

    /** Ends when it is closed. */
    @FunctionalInterface
    interface Listening extends AutoCloseable {
        @Override
        void close();
    }

    /** @param bell runs after each change of the mailbox, and perhaps without one; it must not take long */
    Listening listen(Project project, String customer, Runnable bell) {
        readers.compute(project, (same, running) -> {
            var reader = running == null ? new Reader(project) : running;
            reader.bells
                    .computeIfAbsent(customer, absent -> ConcurrentHashMap.newKeySet())
                    .add(bell);
            return reader;
        });
        return () -> readers.computeIfPresent(project, (same, reader) -> reader.without(customer, bell));
    }

    private final class Reader {

        private final Project project;
        private final Map<String, Set<Runnable>> bells = new ConcurrentHashMap<>();
        private final Hints hints = new Hints();
        private volatile boolean hasEnded;
        private @Nullable Position position;

        Reader(Project project) {
            this.project = project;
            hints.give();
            Thread.ofVirtual().name("mailbox").start(this::read);
        }

        /** Null: nobody follows any more. */
        @Nullable
        Reader without(String customer, Runnable bell) {
            bells.computeIfPresent(
                    customer, (same, ringing) -> ringing.remove(bell) && ringing.isEmpty() ? null : ringing);
            hasEnded = bells.isEmpty();
            hints.give();
            return hasEnded ? null : this;
        }

        private void read() {
            try (var _ = events.watch(project, hints::give)) {
                while (!hasEnded) {
                    hints.await();
                    look();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** While the database is away there is nothing to tell; the next hint comes within a second. */
        private void look() {
            try {
                var from = position;
                if (from == null) {
                    position = events.last(project);
                    // what came before that is known to whoever looks now
                    bells.values().forEach(Reader::ring);
                } else {
                    look(from);
                }
            } catch (RuntimeException e) {
                LOG.debug("The messages of project {} cannot be followed now.", project.slug(), e);
            }
        }

        private void look(Position from) {
            var stretch = events.read(project, from, PAGE, COLLECTIONS);
            while (!stretch.end().equals(position)) {
                ids(stretch.events()).forEach(id -> ring(bells.getOrDefault(id, Set.of())));
                position = stretch.end();
                stretch = events.read(project, stretch.end(), PAGE, COLLECTIONS);
            }
        }

        /** All of those whom messages concern: whoever follows a mailbox may call its owner by any. */
        private Set<String> ids(List<StoredEvent> stored) {
            var customers = stored.stream()
                    .map(StoredEvent::event)
                    .flatMap(event -> event.user().stream())
                    .collect(Collectors.toSet());
            return customers.isEmpty()
                    ? customers
                    : databases
                            .of(project)
                            .transaction(connection -> persons.ids(connection, customers))
                            .values()
                            .stream()
                            .flatMap(List::stream)
                            .collect(Collectors.toSet());
        }

        private static void ring(Set<Runnable> ringing) {
            ringing.forEach(Runnable::run);
        }
    }
}

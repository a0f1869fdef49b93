package dev.tidemark.core.jobs;

import dev.tidemark.spi.Databases;
import dev.tidemark.spi.EventListener;
import dev.tidemark.spi.Events;
import dev.tidemark.spi.Project;
import java.util.List;

/** Takes one module's listeners from position to position. */
public final class Follower {

    private static final int STEP = 1_000;

    private final String module;
    private final List<EventListener> listeners;
    private final Events events;
    private final Databases databases;

    public Follower(String module, List<EventListener> listeners, Events events, Databases databases) {
        this.module = module;
        this.listeners = List.copyOf(listeners);
        this.events = events;
        this.databases = databases;
    }

    String module() {
        return module;
    }

    /** Takes one step in a project; false: there is nothing to follow now. */
    boolean step(Project project) {
        var positions = new PositionStore(databases.of(project));
        var from = positions.of(module);
        var next = events.read(project, from, STEP);
        if (next.isEmpty()) {
            return false;
        }
        return positions.move(module, from, next.getLast().position(), transaction -> {
            for (var listener : listeners) {
                listener.stored(project, next, transaction);
            }
        });
    }
}

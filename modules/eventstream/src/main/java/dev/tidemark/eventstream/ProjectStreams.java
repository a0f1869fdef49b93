package dev.tidemark.eventstream;

import dev.tidemark.spi.CommittedEvents;
import dev.tidemark.spi.Project;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The streams of all projects that have had subscribers on this node. */
final class ProjectStreams {

    private final CommittedEvents events;
    private final int mostWishes;
    private final Map<Project, ProjectStream> streams = new ConcurrentHashMap<>();

    /** @param mostWishes how many different ones a project may have */
    ProjectStreams(CommittedEvents events, int mostWishes) {
        this.events = events;
        this.mostWishes = mostWishes;
    }

    ProjectStream of(Project project) {
        return streams.computeIfAbsent(project, known -> new ProjectStream(known, events, mostWishes));
    }
}

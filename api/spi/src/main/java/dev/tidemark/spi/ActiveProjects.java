package dev.tidemark.spi;

import java.time.Duration;
import java.util.Set;

/**
 * The projects in which something happened a moment ago, on whichever node: there a job finds something to do. Announcements may be
 * lost or come late, so it looks at each of the others now and then: {@link Rounds} are that.
 */
public interface ActiveProjects {

    /** Those in which events were committed within a time of an hour at most, or which were announced. */
    Set<Project> within(Duration time);

    /** Has every node count a project among them, soon: there is something to do in it that is no new event. */
    void announce(Project project);
}

package dev.tidemark.spi;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which projects a job that runs often looks at: at each run those that are active, and some of the others, so that each of these has
 * its turn within sixty runs, and at each run where they are few. What is idle costs little however many there are.
 */
public final class Rounds {

    private static final int FEW = 8;
    private static final int RUNS = 60;

    private final ActiveProjects active;
    private final Duration within;

    /** The id of that of the others which had its turn last. */
    private int last;

    /** @param within how long a project counts as active: longer than from one run to the next */
    public Rounds(ActiveProjects active, Duration within) {
        this.active = active;
        this.within = within;
    }

    /** Those whose turn it is. */
    public List<Project> next(Collection<Project> all) {
        var now = active.within(within);
        var idle = all.stream()
                .filter(Predicate.not(now::contains))
                .sorted(Comparator.comparingInt(Project::id))
                .toList();
        var some = Stream.concat(
                        idle.stream().filter(project -> project.id() > last),
                        idle.stream().filter(project -> project.id() <= last))
                .limit(Math.max(FEW, Math.ceilDiv(idle.size(), RUNS)))
                .toList();
        if (!some.isEmpty()) {
            last = some.getLast().id();
        }
        return Stream.concat(all.stream().filter(now::contains), some.stream()).toList();
    }
}

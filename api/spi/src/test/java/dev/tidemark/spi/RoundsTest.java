package dev.tidemark.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private final Set<Project> active = new HashSet<>();
    private final Rounds rounds = new Rounds(
            new ActiveProjects() {
                @Override
                public Set<Project> within(Duration time) {
                    return Set.copyOf(active);
                }

                @Override
                public void announce(Project project) {
                    active.add(project);
                }
            },
            Duration.ofMinutes(1));

    @Test
    void fewProjectsHaveTheirTurnEachTime() {
        var all = projects(8);

        assertThat(rounds.next(all)).containsExactlyInAnyOrderElementsOf(all);
        assertThat(rounds.next(all)).containsExactlyInAnyOrderElementsOf(all);
        assertThat(rounds.next(List.of())).isEmpty();
    }

    @Test
    void activeProjectsHaveTheirTurnEachTimeAndTheOthersWithinSixtyRuns() {
        var all = projects(3_001);
        active.addAll(List.of(all.get(7), all.get(2_900)));
        active.add(new Project(9_999, "deleted"));
        var idle = new ArrayList<Project>();

        for (int run = 0; run < 60; run++) {
            var turns = rounds.next(all);
            assertThat(turns)
                    .startsWith(all.get(7), all.get(2_900))
                    .hasSize(52)
                    .doesNotHaveDuplicates()
                    .isSubsetOf(all);
            idle.addAll(turns.subList(2, turns.size()));
        }

        assertThat(new HashSet<>(idle)).hasSize(2_999);
    }

    private static List<Project> projects(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(id -> new Project(id, "project_" + id))
                .toList();
    }
}

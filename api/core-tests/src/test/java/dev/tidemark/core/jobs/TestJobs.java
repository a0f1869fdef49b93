package dev.tidemark.core.jobs;

import dev.tidemark.spi.ActiveProjects;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Projects;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a job is given, without a leader. */
public final class TestJobs {

    /** One that is known, and whose schema someone has dropped. */
    public static final Project LOST = new Project(1 << 20, "lost");

    public static final ActiveProjects NONE_ACTIVE = new ActiveProjects() {
        @Override
        public Set<Project> within(Duration time) {
            return Set.of();
        }

        @Override
        public void announce(Project project) {}
    };

    private TestJobs() {}

    public static Projects only(Project... projects) {
        var all = List.of(projects);
        return new Projects() {
            @Override
            public List<Project> all() {
                return all;
            }

            @Override
            public Optional<Project> find(String slug) {
                return all.stream()
                        .filter(project -> project.slug().equals(slug))
                        .findFirst();
            }
        };
    }
}

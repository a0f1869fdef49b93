package org.example.goals;

import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Job;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Measure;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Projects;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.Relation;
import java.time.Duration;
import java.util.List;

/** Counts, now and then, how many events have reached each goal. */
record CountGoalsJob(Duration every, Projects projects, Questions questions) implements Job {

    @Override
    public String name() {
        return "count";
    }

    @Override
    public void run(JobRun run) {
        for (var project : projects.all()) {
            if (run.stopping()) {
                return;
            }
            count(run, project);
        }
    }

    private void count(JobRun run, Project project) {
        var collected =
                questions.relations(project).stream().map(Relation::name).toList();
        new GoalsStore(run.databases())
                .all(project).stream()
                        .map(Goal::collection)
                        .filter(collected::contains)
                        .forEach(collection -> GoalsStore.counted(
                                run.databases().of(project), collection, reached(project, collection)));
    }

    private long reached(Project project, String collection) {
        var question = Aggregate.of(
                List.of(collection), new Filter.IsSet("goal", true), List.of(new Measure.Count("reached")));
        return questions.answer(project, question).rows().getFirst().getFirst() instanceof Long reached ? reached : 0;
    }
}

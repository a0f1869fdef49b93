package dev.tidemark.core.catalog.changes;

import dev.tidemark.spi.Database;
import dev.tidemark.spi.Failures;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.SideBySide;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Table {@code tidemark.pending_work}: the projects in which a job has something to do, so that it need not look through
 * all of them each second.
 *
 * @param job the name of the job
 */
public record WorkStore(String job) {

    /** Notes, in the transaction that leaves it to the job, that there is work. It waits for who is just finding none. */
    public void note(Connection connection, Project project) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into tidemark.pending_work (project_id, job)
                values (?, ?)
                on conflict (project_id, job) do update
                set job = excluded.job
                """)) {
            statement.setInt(1, project.id());
            statement.setString(2, job);
            statement.executeUpdate();
        }
    }

    /**
     * Does what there is to do in some projects at a time. One in which it takes long, or fails, holds up no other; where it failed it
     * is tried again next time.
     *
     * @param isLeft whether there is still something to do in a project
     */
    public void workOff(JobRun run, Consumer<Project> work, Database.Work<Boolean> isLeft) {
        var failures = new Failures(run);
        try (var works = new SideBySide(failures)) {
            for (var project : run.databases().server().transaction(this::projects)) {
                works.begin(() -> {
                    work.accept(project);
                    settle(run, project, isLeft);
                });
            }
        }
        failures.rethrow();
    }

    private void settle(JobRun run, Project project, Database.Work<Boolean> isLeft) {
        run.databases().of(project).transaction(connection -> {
            clear(connection, project);
            if (isLeft.run(connection)) {
                note(connection, project);
            }
            return project;
        });
    }

    private List<Project> projects(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select project.id, project.slug
                from tidemark.pending_work
                join tidemark.project on project.id = project_id and deleted_at is null
                where job = ?
                order by project.id
                """)) {
            statement.setString(1, job);
            List<Project> projects = new ArrayList<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    projects.add(new Project(rows.getInt(1), rows.getString(2)));
                }
            }
            return projects;
        }
    }

    private void clear(Connection connection, Project project) throws SQLException {
        try (var statement = connection.prepareStatement("""
                delete from tidemark.pending_work
                where project_id = ? and job = ?
                """)) {
            statement.setInt(1, project.id());
            statement.setString(2, job);
            statement.executeUpdate();
        }
    }
}

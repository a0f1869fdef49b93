package dev.tidemark.core.jobs;

import dev.tidemark.core.postgres.Postgres;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.Project;
import io.helidon.dbclient.DbClient;

/** The databases of one term: whatever is written after the term has passed is refused by PostgreSQL. */
final class FencedDatabases implements Databases {

    private final Postgres postgres;
    private final Databases databases;
    private final Term term;

    FencedDatabases(Postgres postgres, Databases databases, Term term) {
        this.postgres = postgres;
        this.databases = databases;
        this.term = term;
    }

    @Override
    public Database of(Project project) {
        return fenced(databases.of(project), postgres.readOnlySchema(project.slug()));
    }

    @Override
    public Database server() {
        return fenced(databases.server(), postgres.readOnlySchema("tidemark"));
    }

    private Database fenced(Database database, Database readOnly) {
        return new Database() {
            @Override
            public DbClient statements() {
                return readOnly.statements();
            }

            @Override
            public <T> T transaction(Work<T> work) {
                return database.transaction(connection -> {
                    LeaseStore.hold(connection, term.number(), term.lease());
                    return work.run(connection);
                });
            }
        };
    }
}

package dev.tidemark.customers.userstable;

import dev.tidemark.spi.Caller;
import graphql.schema.DataFetchingEnvironment;
import java.time.Instant;
import java.util.Optional;

/** GraphQL's way to see the users table that stands in, and how it is copied. */
public record UsersTableResolvers(UsersTables tables) {

    public Optional<Shown> usersTable(DataFetchingEnvironment environment) {
        var project = Caller.of(environment).project();
        return tables.of(project).map(table -> new Shown(table.table(), tables.state(project)));
    }

    /** As GraphQL's type {@code UsersTable} has it. */
    public record Shown(String table, CopyState state) {

        public Optional<Instant> copiedAt() {
            return state.copiedAt();
        }

        public long customers() {
            return state.customers();
        }

        public long skipped() {
            return state.skipped();
        }

        public Optional<String> problem() {
            return state.problem();
        }

        public Optional<Instant> failedAt() {
            return state.failedAt();
        }
    }
}

package dev.tidemark.core.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.Migrations;
import dev.tidemark.core.postgres.Postgres;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.testkit.PostgresExtension;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class JobStoreTest {

    private static final String JOB = "test.slow";

    @AutoClose
    private final Postgres postgres;

    private final JobStore store;

    JobStoreTest(PostgresAddress address) {
        this.postgres = Postgres.connect(address, "test", 2);
        this.store = new JobStore(postgres.server());
    }

    @BeforeEach
    void makeTables() {
        Migrations.prepare(postgres);
        ClusterTables.migrate(postgres);
        postgres.server().transaction(connection -> connection.createStatement().execute("truncate tidemark.job"));
    }

    @Test
    void aRunThatGoesOnDoesNotShowHowLongTheOneBeforeTook() {
        store.untilDue(JOB, Duration.ofSeconds(1));
        store.started(JOB);
        store.finished(JOB, Optional.of("It failed."));
        assertThat(store.all().getFirst().lastDuration()).isPresent();

        store.started(JOB);

        assertThat(store.all().getFirst().lastDuration()).isEmpty();
        assertThat(store.all().getFirst().lastError()).contains("It failed.");
    }
}

package dev.tidemark.core.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.spi.Event;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Poolers of connections between Tidemark and its database. */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
class PoolerTest {

    @TempDir
    private Path directory;

    @Test
    void aPoolerThatGivesEachTransactionAnotherSessionIsRefused(PostgresAddress database) throws IOException {
        try (var pooler = Pooler.before(database, "transaction", directory)) {

            assertThatThrownBy(() -> TestEngine.start(pooler.address()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("gives each transaction another session")
                    .hasMessageContaining("mode is session");
        }
    }

    @Test
    void aPoolerThatKeepsSessionsWillDo(PostgresAddress database) throws IOException {
        try (var pooler = Pooler.before(database, "session", directory);
                var engine = TestEngine.start(pooler.address())) {
            var project = engine.project();

            project.collect(Event.of("click").with("page", "home"));

            assertThat(project.query("{ events(collection: \"click\") { nodes { properties } } }")
                            .toString())
                    .contains("page=home");
        }
    }
}

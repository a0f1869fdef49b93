package dev.tidemark.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class SchemaTest {

    private static final Path COMMITTED = Path.of("../../schema.graphqls");

    @Test
    void theSchemaIsTheOneThatWasReviewed(PostgresAddress database) throws IOException {
        try (var engine = TestEngine.start(database)) {
            var schema = engine.engine().schemaText();
            if (Boolean.getBoolean("schema.accept")) {
                Files.writeString(COMMITTED, schema);
            }

            assertThat(schema)
                    .as("run with -Dschema.accept when the change is meant")
                    .isEqualTo(Files.readString(COMMITTED));
        }
    }
}

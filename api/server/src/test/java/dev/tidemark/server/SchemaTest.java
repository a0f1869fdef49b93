package dev.tidemark.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchemaTest {

    private TestEngine engine;

    @BeforeAll
    void start(PostgresAddress database) {
        engine = TestEngine.start(database);
    }

    @AfterAll
    void close() {
        engine.close();
    }

    @Test
    void theSchemaOfAllProjectsIsTheOneThatWasReviewed() throws IOException {
        reviewed(engine.engine().schemaText(engine.administrator()), "schema.graphqls");
    }

    @Test
    void theTypesMadeOfAProjectAreThoseThatWereReviewed() throws IOException {
        reviewed(engine.engine().madeTypesText(ExampleProject.in(engine).caller()), "schema.example.graphqls");
    }

    private static void reviewed(String schema, String file) throws IOException {
        var committed = Path.of("../..", file);
        if (Boolean.getBoolean("schema.accept")) {
            Files.writeString(committed, schema);
        }

        assertThat(schema)
                .as("run with -Dschema.accept when the change is meant")
                .isEqualTo(Files.readString(committed));
    }
}

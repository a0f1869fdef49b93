package dev.tidemark.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The rules of npm's graphql-schema-linter and @graphql-eslint; the few exceptions stand with their reasons in lint.mjs. */
@ExtendWith(PostgresExtension.class)
class SchemaLintTest {

    @Test
    void theSchemaOfAllProjectsAndThatOfOnePassTheLinters(PostgresAddress database) throws IOException {
        var scripts = NodeScripts.in(Path.of("src/test/lint"), Path.of("target/lint"));
        try (var engine = TestEngine.start(database)) {
            var shared = engine.engine().schemaText(engine.administrator());
            var project = engine.engine().schemaText(ExampleProject.in(engine).caller());

            assertThat(problems(scripts, "shared.graphql", shared)).isEmpty();
            assertThat(problems(scripts, "project.graphql", project)).isEmpty();
        }
    }

    private static JsonNode problems(NodeScripts scripts, String file, String schema) throws IOException {
        Files.writeString(scripts.workspace().resolve(file), schema);
        return new ObjectMapper().readTree(scripts.run("lint.mjs", List.of(file)));
    }
}

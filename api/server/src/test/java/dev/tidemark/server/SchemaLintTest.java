package dev.tidemark.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The rules of npm's graphql-schema-linter and @graphql-eslint; the few exceptions stand with their reasons in lint.mjs. */
@ExtendWith(PostgresExtension.class)
class SchemaLintTest {

    private static final Path SCRIPTS = Path.of("src/test/lint");
    private static final Path WORKSPACE = Path.of("target/lint");

    @Test
    void theSchemaOfAllProjectsAndThatOfOnePassTheLinters(PostgresAddress database)
            throws IOException, InterruptedException {
        assumeTrue(isThere("node") && isThere("npm"), "Node.js is not installed: the linters are written in it.");
        install();
        try (var engine = TestEngine.start(database)) {
            write("shared.graphql", engine.engine().schemaText(engine.administrator()));
            write(
                    "project.graphql",
                    engine.engine().schemaText(ExampleProject.in(engine).caller()));
        }

        var problems = new ObjectMapper().readTree(run("node", "lint.mjs", "shared.graphql", "project.graphql"));

        assertThat(problems).isEmpty();
    }

    private static void write(String file, String schema) throws IOException {
        Files.writeString(WORKSPACE.resolve(file), schema);
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(WORKSPACE);
        for (var file : List.of("package.json", "package-lock.json", "lint.mjs")) {
            Files.copy(SCRIPTS.resolve(file), WORKSPACE.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
    }

    private static boolean isThere(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .directory(WORKSPACE.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}

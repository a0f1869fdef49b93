package dev.tidemark.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The audits of npm's graphql-http, which is written by the authors of the specification. */
final class AuditsTest {

    private static final Path SCRIPTS = Path.of("src/test/node");
    private static final Path WORKSPACE = Path.of("target/audits");

    @Test
    void allAuditsOfGraphqlOverHttpPass() throws IOException, InterruptedException {
        assumeTrue(isThere("node") && isThere("npm"), "Node.js is not installed: the audits are written in it.");
        install();

        try (var site = new SmallSite(Map.of())) {
            var report = new ObjectMapper()
                    .readTree(run("node", "audits.mjs", "--url", site.url() + "/graphql", "--key", SmallSite.KEY));

            assertThat(report.path("failed")).isEmpty();
            assertThat(report.path("audits").asInt()).isEqualTo(61);
        }
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(WORKSPACE);
        for (var file : List.of("package.json", "package-lock.json", "audits.mjs")) {
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

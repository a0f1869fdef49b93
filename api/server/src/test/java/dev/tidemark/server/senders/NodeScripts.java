package dev.tidemark.server.senders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * The scripts of a module that use other people's clients.
 *
 * @param workspace a copy with the clients installed
 */
record NodeScripts(Path workspace) {

    /** Skips the test where there is no Node.js. */
    static NodeScripts of(String module) {
        assumeTrue(isThere("node") && isThere("npm"), "Node.js is not installed: the client is written for it.");
        var workspace = Path.of("target/senders", module);
        try (var files = Files.list(Path.of("../../modules", module, "src/test/node"))) {
            Files.createDirectories(workspace);
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, workspace.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(workspace, Map.of(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
        return new NodeScripts(workspace);
    }

    /** Runs a file of the scripts, and returns what it printed. */
    String run(String file, Map<String, String> environment) {
        return run(workspace, environment, "node", file);
    }

    /** Runs a script that is no file yet. */
    void runText(String text, Map<String, String> environment) {
        try {
            Files.writeString(workspace.resolve("text.mjs"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run("text.mjs", environment);
    }

    private static boolean isThere(String program) {
        try {
            return new ProcessBuilder(program, "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    static String run(Path directory, Map<String, String> environment, String... command) {
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(e);
    }
}

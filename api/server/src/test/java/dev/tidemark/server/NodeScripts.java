package dev.tidemark.server;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Scripts that use packages of npm: other people's clients and checks.
 *
 * @param workspace a copy with the packages installed
 */
public record NodeScripts(Path workspace) {

    /** The scripts of a module. */
    public static NodeScripts of(String module) {
        return in(Path.of("../../modules", module, "src/test/node"), Path.of("target/senders", module));
    }

    /** The scripts of the server itself. */
    public static NodeScripts ofServer() {
        return in(Path.of("src/test/node"), Path.of("target/node"));
    }

    /** Skips the test where there is no Node.js. */
    public static NodeScripts in(Path folder, Path workspace) {
        assumeTrue(isThere("node") && isThere("npm"), "Node.js is not installed: what is used is written for it.");
        try {
            Files.createDirectories(workspace);
            // several test processes use the same packages
            try (var channel = FileChannel.open(workspace.resolve("installing"), CREATE, WRITE);
                    var _ = channel.lock()) {
                install(folder, workspace);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new NodeScripts(workspace);
    }

    /** Packages that are there already stay: to install them takes longer than most tests that use them. */
    private static void install(Path folder, Path workspace) throws IOException {
        var wanted = Files.readString(folder.resolve("package-lock.json"));
        var installed = workspace.resolve("installed.json");
        try (var files = Files.list(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, workspace.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!Files.exists(installed) || !Files.readString(installed).equals(wanted)) {
            run(workspace, Map.of(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
            Files.writeString(installed, wanted);
        }
    }

    /** Runs a file of the scripts, and returns what it printed. */
    public String run(String file, Map<String, String> environment) {
        return run(workspace, environment, "node", file);
    }

    /** Runs a file of the scripts with arguments, and returns what it printed. */
    public String run(String file, List<String> arguments) {
        var command = Stream.concat(Stream.of("node", file), arguments.stream());
        return run(workspace, Map.of(), command.toArray(String[]::new));
    }

    /** Runs a script that is no file yet. */
    public void runText(String text, Map<String, String> environment) {
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

    public static String run(Path directory, Map<String, String> environment, String... command) {
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

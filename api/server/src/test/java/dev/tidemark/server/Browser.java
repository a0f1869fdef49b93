package dev.tidemark.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Chromium, driven by the scripts of {@code src/test/browser}. */
final class Browser {

    private static final Path SCRIPTS = Path.of("src/test/browser").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String node;
    private final String chromium;

    private Browser(String node, String chromium) {
        this.node = node;
        this.chromium = chromium;
    }

    /** Skips the test on a machine without one. */
    static Browser find() throws IOException, InterruptedException {
        var browser = new Browser(program("node"), program("chromium"));
        if (!Files.isDirectory(SCRIPTS.resolve("node_modules"))) {
            run(List.of(program("npm"), "ci", "--no-audit", "--no-fund"));
        }
        return browser;
    }

    /** Where a script puts its picture. */
    static String screenshot(String name) throws IOException {
        var target = Path.of("target").toAbsolutePath();
        Files.createDirectories(target);
        return target.resolve(name + ".png").toString();
    }

    /** What a script found wrong. */
    JsonNode problems(String script, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(node, script));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--chromium", chromium));
        return JSON.readTree(run(command)).get("problems");
    }

    private static String program(String name) {
        var found = Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .flatMap(directory -> Stream.of(Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(found.isPresent(), "There is no " + name + " on this machine.");
        return found.orElseThrow().toString();
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .directory(SCRIPTS.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = process.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.waitFor();
        }
    }
}

package dev.tidemark.server.readme;

import dev.tidemark.server.JavaCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Where a reader types: {@code ./tidemark} is there, and what a command prints as {@code NAME_KEY=…} is pasted in again. */
final class Shell {

    private static final Pattern KEY = Pattern.compile("(?m)^\\s*([A-Z]+_KEY)=(\\S+)$");

    private final Path directory;
    private final Map<String, String> keys = new HashMap<>();

    Shell(Path directory) throws IOException {
        this.directory = directory;
        var command = String.join("' '", JavaCommand.of(List.of(), List.of()));
        var script =
                Files.writeString(directory.resolve("tidemark"), "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(command));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    /** What it prints; it must succeed. */
    String run(String code) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", code)
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(keys);
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(code + "\nended with " + process.exitValue() + ":\n" + output);
        }
        KEY.matcher(output).results().forEach(found -> keys.put(found.group(1), found.group(2)));
        return output;
    }

    String key(String name) {
        return keys.getOrDefault(name, "");
    }
}

package dev.tidemark.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How tests run what {@code ./tidemark} runs: from the class path of the tests, since no jar is built when they run. */
public final class JavaCommand {

    private JavaCommand() {}

    /** None of these processes lives long enough for the second compiler, or for several threads that collect garbage, to pay. */
    public static List<String> of(List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.tidemark.server.Main"));
        command.addAll(arguments);
        return command;
    }
}

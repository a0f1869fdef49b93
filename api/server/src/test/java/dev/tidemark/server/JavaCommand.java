package dev.tidemark.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How tests run what {@code ./tidemark} runs: from the server's jar and the libraries of the tests. */
public final class JavaCommand {

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final List<Path> CLASS_PATH = Stream.concat(
                    Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                            .map(Path::of)
                            .filter(entry -> !entry.startsWith(TARGET)),
                    // last, since what it names as its libraries may be those of an earlier build
                    Stream.of(TARGET.resolve("tidemark-server.jar")))
            .toList();

    /** A start touches a hundred megabytes for the first time, which by small pages is a seventh of its work. */
    private static final List<String> HUGE_PAGES = hugePages();

    /** What people do must not depend on where the machine stands: this one writes other digits, and its hours begin at the quarter. */
    private static final List<String> ELSEWHERE =
            List.of("-Duser.language=fa", "-Duser.country=IR", "-Duser.timezone=Asia/Kathmandu");

    private JavaCommand() {}

    /** None of these processes lives long enough for the second compiler, or for several threads that collect garbage, to pay. */
    public static List<String> of(List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(HUGE_PAGES);
        command.addAll(sharedClasses(arguments.contains("serve") ? "serve" : "command"));
        command.addAll(ELSEWHERE);
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                CLASS_PATH.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                "dev.tidemark.server.Main"));
        command.addAll(arguments);
        return command;
    }

    /**
     * Classes as the first such process that ended by itself had loaded them, which halves the work of a start. Java shares
     * classes of jars only; when a part of the build runs, its modules are directories.
     */
    private static List<String> sharedClasses(String name) {
        return CLASS_PATH.stream().allMatch(Files::isRegularFile)
                ? List.of(
                        "-XX:+AutoCreateSharedArchive",
                        "-XX:SharedArchiveFile=" + TARGET.resolve(name + ".jsa"),
                        "-Xlog:cds*=off,aot*=off")
                : List.of();
    }

    /** Java warns where it asks for them in vain. */
    private static List<String> hugePages() {
        var setting = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
        try {
            return Files.exists(setting) && !Files.readString(setting).contains("[never]")
                    ? List.of("-XX:+UseTransparentHugePages")
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

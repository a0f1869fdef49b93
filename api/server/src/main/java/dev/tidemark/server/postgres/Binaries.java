package dev.tidemark.server.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The programs of PostgreSQL (initdb, pg_ctl, postgres), unpacked once from the class path. */
record Binaries(Path directory, List<String> prefix) {
    private static final Pattern MAJOR_VERSION = Pattern.compile("PostgreSQL\\) (\\d+)");

    static Binaries of(Home home) throws IOException {
        Path directory = home.binaries().resolve(version());
        if (!Files.isDirectory(directory)) {
            unpack(archive(), home.binaries(), directory);
        }
        return new Binaries(directory, Root.prefix());
    }

    /** Tells these programs from all others. */
    static String version() throws IOException {
        return Long.toHexString(archive().getJarEntry().getCrc());
    }

    private static JarURLConnection archive() throws IOException {
        String system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
        String processor = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        URL url = Binaries.class.getResource("/postgres-%s-%s.txz".formatted(system, processor));
        if (url != null && url.openConnection() instanceof JarURLConnection archive) {
            return archive;
        }
        throw new EmbeddedDatabaseException(
                "No PostgreSQL for %s on %s is in this build: build Tidemark on this machine, or give it a server of yours with --database-url."
                        .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
    }

    /** Other versions go: what still runs from them is stopped before the new ones start. */
    private static void unpack(JarURLConnection archive, Path all, Path directory) throws IOException {
        Durable.deleteTree(all);
        Path unfinished = all.resolve("unfinished");
        try (var packed = new BufferedInputStream(archive.getInputStream());
                var tar = new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
            new Unpacked(unfinished).receive(tar);
        }
        Durable.move(unfinished, directory);
    }

    String majorVersion() throws IOException {
        String version = run("postgres", "--version");
        var number = MAJOR_VERSION.matcher(version);
        if (!number.find()) {
            throw new IllegalStateException("no version in the answer of postgres --version: " + version);
        }
        return number.group(1);
    }

    /** Runs a program to its end and returns what it printed. */
    String run(String program, Object... arguments) throws IOException {
        var command = new ArrayList<>(prefix);
        command.add(directory.resolve("bin").resolve(program).toString());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.toUpperCase(Locale.ROOT).startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        // not waitFor(): a thread that is interrupted while the server shuts down must still stop PostgreSQL
        int status = process.onExit().join().exitValue();
        if (status != 0) {
            throw new ProgramFailed(program, status, output);
        }
        return output;
    }
}

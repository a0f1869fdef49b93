package dev.tidemark.server.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./tidemark}, in a folder whose build copies a jar of the test. */
@Timeout(60)
class LauncherTest {

    private static final Path ROOT = Path.of("../..");
    private static final String BUILD = """
            #!/bin/sh
            mkdir -p api/server/target/lib
            cp next.jar api/server/target/tidemark-server.jar
            """;

    @TempDir
    private Path home;

    @BeforeEach
    void copyScripts() throws IOException {
        Files.createDirectories(home.resolve("scripts"));
        Files.createDirectories(home.resolve("api/server/src/main"));
        for (var script : List.of("tidemark", "scripts/find-jdk")) {
            Files.copy(ROOT.resolve(script), home.resolve(script));
        }
        Files.writeString(home.resolve("mvnw"), BUILD);
        assertThat(home.resolve("mvnw").toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("pom.xml"), "");
        Files.writeString(home.resolve("api/server/pom.xml"), "");
    }

    @Test
    void whatRunsIsNotTouchedByABuild() throws Exception {
        write("one");
        var running = start();
        assertThat(running.inputReader().readLine()).isEqualTo("ready");

        write("two");
        Files.setLastModifiedTime(
                home.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(1)));

        assertThat(finish(start())).isEqualTo("ready\ntwo");
        assertThat(finish(running)).isEqualTo("one");
    }

    private Process start() throws IOException {
        return new ProcessBuilder("./tidemark")
                .directory(home.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String finish(Process process) throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().close();
        return process.inputReader().readAllAsString().strip();
    }

    /** What the next build makes. */
    private void write(String said) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Said.class.getName());
        var name = Said.class.getName().replace('.', '/') + ".class";
        try (var jar = new JarOutputStream(Files.newOutputStream(home.resolve("next.jar")), manifest);
                var program = Said.class.getResourceAsStream("/" + name)) {
            jar.putNextEntry(new JarEntry(name));
            program.transferTo(jar);
            jar.putNextEntry(new JarEntry("said.txt"));
            jar.write(said.getBytes(UTF_8));
        }
    }
}

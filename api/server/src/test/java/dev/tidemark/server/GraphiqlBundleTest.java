package dev.tidemark.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GraphiqlBundleTest {

    private static final Path SOURCES = Path.of("src/main/graphiql");
    private static final Path BUNDLE = Path.of("src/main/resources/graphiql");

    @Test
    void theCommittedBundleIsBuiltFromTheSources() throws IOException {
        var builtFrom = Files.readAllLines(BUNDLE.resolve("sources.sha256"));

        var present = sources().stream().map(file -> sha256(file) + "  " + file).toList();

        assertThat(builtFrom)
                .as("the page's sources changed: build it with ./mvnw -Pgraphiql -pl api/server -am compile")
                .containsExactlyElementsOf(present);
    }

    private static List<String> sources() throws IOException {
        try (var files = Files.walk(SOURCES)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> SOURCES.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> !file.startsWith("node_modules/"))
                    .sorted()
                    .toList();
        }
    }

    private static String sha256(String file) {
        try {
            var content = Files.readAllBytes(SOURCES.resolve(file));
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}

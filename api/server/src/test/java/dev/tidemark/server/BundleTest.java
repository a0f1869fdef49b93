package dev.tidemark.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BundleTest {

    @ParameterizedTest
    @ValueSource(strings = {"graphiql", "live"})
    void theCommittedBundleIsBuiltFromTheSources(String page) throws IOException {
        var builtFrom = Files.readAllLines(Path.of("src/main/resources", page, "sources.sha256"));

        var sources = Path.of("src/main", page);
        var present = files(sources).stream()
                .map(file -> sha256(sources.resolve(file)) + "  " + file)
                .toList();

        assertThat(builtFrom)
                .as("the page's sources changed: build it with ./mvnw -Pgraphiql -pl api/server -am compile")
                .containsExactlyElementsOf(present);
    }

    private static List<String> files(Path sources) throws IOException {
        try (var files = Files.walk(sources)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> sources.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> !file.startsWith("node_modules/"))
                    .sorted()
                    .toList();
        }
    }

    private static String sha256(Path file) {
        try {
            var content = Files.readAllBytes(file);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}

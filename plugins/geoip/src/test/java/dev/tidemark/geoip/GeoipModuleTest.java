package dev.tidemark.geoip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Origin;
import dev.tidemark.testkit.ModuleConformance;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeoipModuleTest extends ModuleConformance {

    /** 81.2.69.0/24. */
    private static final int NETWORK = 81 << 16 | 2 << 8 | 69;

    private static final Map<String, Object> LONDON = Map.of(
            "country", Map.of("iso_code", "GB"),
            "subdivisions", List.of(Map.of("iso_code", "ENG")),
            "city", Map.of("names", Map.of("en", "London")));

    @TempDir
    private static Path directory;

    @Override
    protected String module() {
        return "geoip";
    }

    @Override
    protected Map<String, String> settings() {
        try {
            var file = SmallDatabase.write(directory.resolve("small.mmdb"), NETWORK, LONDON);
            return Map.of("geoip.database", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void fill(TestProject project, String text) {
        project.collect(Event.of("visit").by(text).with("ip", "81.2.69.7").with("page", text));
    }

    @Test
    void whereAnEventComesFromIsAColumn() {
        var project = engine().project();
        var origin = new Origin("test", Instant.now(), Optional.of("81.2.69.142"), Optional.empty(), Optional.empty());

        engine().engine().events().collect(project.project(), List.of(Event.of("visit")), origin);

        assertThat(properties(project)).contains("geo_country=GB", "geo_region=ENG", "geo_city=London");
    }

    @Test
    void anAddressThatIsNotKnownAddsNothing() {
        var project = engine().project();

        for (var address :
                List.of("127.0.0.1", "81.2.70.1", "::1", "2001:db8::1", "localhost", "no address", "1.2.3")) {
            project.collect(Event.of("visit").with("ip", address));
        }

        assertThat(properties(project)).contains("ip=81.2.70.1").doesNotContain("geo_");
    }

    @Test
    void withoutAFileItDoesNothingAndHarmsNobody(PostgresAddress database) {
        for (var settings : List.of(
                Map.<String, String>of(),
                Map.of("geoip.database", directory.resolve("none.mmdb").toString()))) {
            try (var engine = TestEngine.start(database, settings, Optional.empty())) {
                var project = engine.project("without_file_" + settings.size());

                project.collect(Event.of("visit").with("ip", "81.2.69.142"));

                assertThat(properties(project)).contains("ip=").doesNotContain("geo_");
            }
        }
    }

    @Test
    void aDatabaseThatIsBrokenCostsNoEvent(PostgresAddress database) throws IOException {
        var file = SmallDatabase.write(directory.resolve("broken.mmdb"), NETWORK, LONDON);
        breakData(file);
        try (var engine = TestEngine.start(database, Map.of("geoip.database", file.toString()), Optional.empty())) {
            var project = engine.project("broken_file");

            project.collect(Event.of("visit").with("ip", "81.2.69.142"));

            assertThat(properties(project)).contains("ip=").doesNotContain("geo_");
        }
    }

    /** Behind the tree of 24 nodes of 6 bytes, and 16 bytes that part it from the data. */
    private static void breakData(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 24 * 6 + 16, 24 * 6 + 24, (byte) 0xFF);
        Files.write(file, bytes);
    }

    private static String properties(TestProject project) {
        return project.query("{ events(collection: \"visit\") { nodes { properties } } }")
                .toString();
    }
}

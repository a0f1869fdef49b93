package dev.tidemark.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every case of {@code ws_sse_abuse.jsonl}, over sockets. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AbuseTest {

    private static final String FILE = "conformance/ws_sse_abuse.jsonl";
    private static final Path SHARED = Path.of("../../../shared").resolve(FILE);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SocketAbuse sockets = new SocketAbuse();
    private final StreamAbuse streams = new StreamAbuse();
    private ProjectAbuse projects;

    @BeforeAll
    void start(PostgresAddress database) {
        projects = new ProjectAbuse(database);
    }

    @AfterAll
    void stop() {
        projects.close();
        streams.close();
        sockets.close();
    }

    @TestFactory
    Stream<DynamicTest> whatIsAbusedAnswersAsItShould() throws IOException {
        Map<String, Case> cases = new LinkedHashMap<>();
        cases.putAll(sockets.cases());
        cases.putAll(streams.cases());
        cases.putAll(projects.cases());
        var named = names();

        assertThat(cases.keySet()).containsExactlyInAnyOrderElementsOf(named.keySet());
        return named.entrySet().stream()
                .map(abuse -> DynamicTest.dynamicTest(
                        abuse.getKey() + " " + abuse.getValue(),
                        () -> Objects.requireNonNull(cases.get(abuse.getKey())).run()));
    }

    /** What is abused, by the ids of those that are shared, else of the project's copy. */
    private static Map<String, String> names() throws IOException {
        Map<String, String> names = new LinkedHashMap<>();
        for (var line : text().lines().toList()) {
            var abuse = JSON.readTree(line);
            names.put(abuse.path("id").asText(), abuse.path("abuse").asText());
        }
        return names;
    }

    private static String text() throws IOException {
        if (Files.exists(SHARED)) {
            return Files.readString(SHARED);
        }
        try (var copy = Objects.requireNonNull(AbuseTest.class.getResourceAsStream("/" + FILE))) {
            return new String(copy.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What a client does, and what has to come of it. */
    interface Case {
        void run() throws Exception;
    }
}

package dev.tidemark.server.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A request that a hostile or broken client sends, and what a good server does with it.
 *
 * @param body as ISO 8859-1 reads its bytes, so that it holds what is no text, too
 * @param statuses one of these is right
 * @param isRefused empty: either will do
 */
record HostileCase(
        String id,
        String why,
        String method,
        String path,
        Map<String, String> headers,
        String body,
        Set<Integer> statuses,
        Optional<Boolean> isRefused,
        Set<String> invariants) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "conformance/graphql_hostile.jsonl";
    private static final Path SHARED = Path.of("../../../shared").resolve(FILE);

    /** Those that are shared, else the project's copy of them. */
    static List<HostileCase> all() throws IOException {
        return text().lines().map(HostileCase::of).toList();
    }

    HostileCase withBody(String other) {
        return new HostileCase(id, why, method, path, headers, other, statuses, isRefused, invariants);
    }

    @Override
    public String toString() {
        return id + " " + why;
    }

    private static String text() throws IOException {
        if (Files.exists(SHARED)) {
            return Files.readString(SHARED);
        }
        try (var copy = Objects.requireNonNull(HostileCase.class.getResourceAsStream("/" + FILE))) {
            return new String(copy.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static HostileCase of(String line) {
        try {
            var tree = JSON.readTree(line);
            var request = tree.get("request");
            var good = tree.get("good");
            Set<Integer> statuses = new TreeSet<>();
            good.get("status").forEach(status -> statuses.add(status.asInt()));
            Set<String> invariants = new TreeSet<>();
            tree.get("invariants").forEach(invariant -> invariants.add(invariant.asText()));
            return new HostileCase(
                    tree.get("id").asText(),
                    tree.get("why").asText(),
                    request.get("method").asText(),
                    request.get("path").asText(),
                    headers(request),
                    body(request),
                    statuses,
                    Optional.of(good.get("graphql_errors"))
                            .filter(JsonNode::isBoolean)
                            .map(JsonNode::asBoolean),
                    invariants);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> headers(JsonNode request) {
        Map<String, String> headers = new LinkedHashMap<>();
        request.get("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return headers;
    }

    private static String body(JsonNode request) {
        if (request.has("body_b64")) {
            return new String(
                    Base64.getDecoder().decode(request.get("body_b64").asText()), StandardCharsets.ISO_8859_1);
        }
        var text = new StringBuilder(request.path("body").asText());
        request.path("body_parts")
                .forEach(part -> text.repeat(part.get(0).asText(), part.get(1).asInt()));
        return new String(text.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}

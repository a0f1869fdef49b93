package dev.tidemark.core.schema;

import static dev.tidemark.core.schema.Shop.codes;
import static dev.tidemark.core.schema.Shop.errors;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.core.schema.documents.GraphqlRequest;
import dev.tidemark.core.schema.documents.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The cases of {@code graphql_hostile.jsonl} that are about documents; those about HTTP are tested where it is spoken. */
class HostileDocumentsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SHARED = Path.of("../../../shared/conformance/graphql_hostile.jsonl");

    /** A wrong variable, many variables, an unknown hash, a wrong hash. */
    private static final Set<String> OTHERS = Set.of("g102", "g106", "g227", "g228");

    private static final String WRONG_TYPE_OF_NAME = "g027";
    private static final Duration AT_MOST = Duration.ofSeconds(1);

    @TestFactory
    Stream<DynamicTest> hostileDocumentsAreAnsweredQuickly() throws IOException {
        Shop.ask(new Hostile(Limits.standard()).engine, "{ ping collections { name } }"); // classes are loaded
        return cases().map(hostile -> DynamicTest.dynamicTest(
                hostile.get("id").asText() + " " + hostile.get("why").asText(), () -> check(hostile)));
    }

    private static void check(JsonNode hostile) throws IOException {
        var shop = new Hostile(Limits.standard());
        var request = request(JSON.readTree(body(hostile.get("request"))));

        var answer = Assertions.assertTimeout(
                AT_MOST, () -> (ExecutionAnswer.Complete) shop.engine.execute(request, Shop.MASTER));

        var mayFail = hostile.at("/good/graphql_errors");
        if (mayFail.asBoolean()) {
            assertThat(errors(answer)).isNotEmpty();
            assertThat(shop.asked).hasValue(0);
        } else if (mayFail.isBoolean()) {
            assertThat(codes(answer)).isSubsetOf("QUERY_TOO_COMPLEX");
        }
        assertThat(codes(answer)).doesNotContain("INTERNAL_SERVER_ERROR").doesNotContainNull();
        assertThat(JSON.writeValueAsString(answer.body()))
                .hasSizeLessThan(40_000)
                .doesNotContain("Exception", "\tat ");
    }

    private static Stream<JsonNode> cases() throws IOException {
        return text().lines().map(HostileDocumentsTest::tree).filter(HostileDocumentsTest::isAboutDocuments);
    }

    private static String text() throws IOException {
        if (Files.exists(SHARED)) {
            return Files.readString(SHARED);
        }
        try (var copy =
                Objects.requireNonNull(HostileDocumentsTest.class.getResourceAsStream("graphql_hostile.jsonl"))) {
            return new String(copy.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static boolean isAboutDocuments(JsonNode hostile) {
        var id = hostile.get("id").asText();
        var category = hostile.get("category").asText();
        return (Set.of("document", "introspection").contains(category) && !id.equals(WRONG_TYPE_OF_NAME))
                || OTHERS.contains(id);
    }

    private static JsonNode tree(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String body(JsonNode request) {
        if (request.has("body")) {
            return request.get("body").asText();
        }
        var body = new StringBuilder();
        request.get("body_parts")
                .forEach(part -> body.repeat(part.get(0).asText(), part.get(1).asInt()));
        return body.toString();
    }

    @SuppressWarnings("unchecked") // an object of JSON has names
    private static GraphqlRequest request(JsonNode body) {
        return new GraphqlRequest(
                Optional.ofNullable(body.get("query")).map(JsonNode::asText),
                Optional.ofNullable(body.get("operationName")).map(JsonNode::asText),
                body.has("variables") ? JSON.convertValue(body.get("variables"), Map.class) : Map.of(),
                body.has("extensions") ? JSON.convertValue(body.get("extensions"), Map.class) : Map.of(),
                Optional.empty(),
                Optional.empty());
    }
}

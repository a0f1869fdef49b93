package dev.tidemark.customers;

import static dev.tidemark.testkit.Json.list;
import static dev.tidemark.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.spi.Event;
import dev.tidemark.testkit.TestProject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the tests of customers do again and again. */
final class Shops {

    static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    private static final String UPDATE = """
            mutation ($customers: [CustomerChangeInput!]!) {
              updateCustomers(input: {customers: $customers}) { updated userErrors { message code path } }
            }
            """;

    static final String UNMERGE = """
            mutation ($fact: ID!) {
              unmergeCustomers(input: {fact: $fact}) { fact { takenBackAt } userErrors { code path } }
            }
            """;

    private Shops() {}

    static Event visit(String user, int minute) {
        return Event.of("visit").by(user).at(NOON.plusSeconds(minute * 60L)).with("page", "/");
    }

    static Event identified(String device, String user) {
        return Event.of("identify").byVisitor(device).by(user).at(NOON.plusSeconds(90));
    }

    static long people(TestProject project) {
        var answer = project.query(
                "{ aggregate(collection: \"visit\", measures: {measure: DISTINCT, of: \"_person\"}) { rows { measures } } }");
        var measures = list(object(answer, "aggregate"), "rows").getFirst().get("measures");
        return ((Number) ((Map<?, ?>) Objects.requireNonNull(measures))
                        .values()
                        .iterator()
                        .next())
                .longValue();
    }

    static String merge(TestProject project, String from, String into) {
        var answer = project.query(
                "mutation ($input: MergeCustomersInput!) { mergeCustomers(input: $input) { fact { id } } }",
                Map.of("input", Map.of("from", from, "into", into)));
        return Objects.requireNonNull(object(answer, "mergeCustomers", "fact").get("id"))
                .toString();
    }

    static void unmerge(TestProject project, String fact) {
        assertThat(object(project.query(UNMERGE, Map.of("fact", fact)), "unmergeCustomers"))
                .containsEntry("userErrors", List.of());
    }

    static Set<String> labels(Map<String, Object> customer) {
        return ((Map<?, ?>) Objects.requireNonNull(customer.get("properties")))
                .keySet().stream().map(String::valueOf).collect(Collectors.toSet());
    }

    static void update(TestProject project, Map<String, Object> customer) {
        assertThat(answered(project, List.of(customer))).containsEntry("userErrors", List.of());
    }

    static Map<String, @Nullable Object> answered(TestProject project, List<Map<String, Object>> customers) {
        return object(project.query(UPDATE, Map.of("customers", customers)), "updateCustomers");
    }

    static Map<String, @Nullable Object> properties(TestProject project, String id) {
        var answer = project.query("query ($id: String!) { customer(id: $id) { properties } }", Map.of("id", id));
        return answer.get("customer") == null ? Map.of() : object(answer, "customer", "properties");
    }
}

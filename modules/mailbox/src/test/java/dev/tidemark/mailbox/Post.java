package dev.tidemark.mailbox;

import static dev.tidemark.testkit.Json.list;
import static dev.tidemark.testkit.Json.object;
import static dev.tidemark.testkit.Json.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.spi.Feed;
import dev.tidemark.testkit.TestProject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the tests of the mailbox do again and again. */
final class Post {

    private static final String SEND = """
            mutation ($input: SendMessageInput!) {
              sendMessage(input: $input) { message { id text thread from state } userErrors { message code path } }
            }
            """;

    private static final String FOLLOW = """
            subscription ($customer: String, $after: String) {
              mailbox(customer: $customer, after: $after) { cursor kind message { id customer text state } }
            }
            """;

    /** All that is told of the mailboxes of a project, and of ada's. */
    static final String ALL = """
            {
              mailbox(customer: "ada") {
                unread
                messages { nodes { text thread from state } }
                threads { nodes { name unread last { text } messages { nodes { text } } } }
              }
              mailboxes { nodes { customer unread } }
            }
            """;

    private Post() {}

    /** The project as a customer with a token sees it. */
    static TestProject customer(TestProject project, String customer) {
        return with(project, token(project, customer));
    }

    static TestProject with(TestProject project, String token) {
        var caller = project.engine().callers().withKey(token, Optional.empty());
        return new TestProject(project.engine(), project.project(), caller);
    }

    static String token(TestProject project, String customer) {
        var answer = project.query(
                "mutation ($customer: String!) { createCustomerToken(input: {customer: $customer}) { token } }",
                Map.of("customer", customer));
        return text(answer, "createCustomerToken", "token");
    }

    /** The id of a message that must be sent. */
    static String send(TestProject sender, Map<String, Object> input) {
        var payload = payload(sender, input);
        assertThat(payload).containsEntry("userErrors", List.of());
        return text(payload, "message", "id");
    }

    static Map<String, @Nullable Object> payload(TestProject sender, Map<String, Object> input) {
        return object(sender.query(SEND, Map.of("input", input)), "sendMessage");
    }

    static int mark(TestProject reader, String mutation, Map<String, Object> input) {
        var answer = reader.query(
                "mutation ($input: MarkMessagesInput!) { done: " + mutation
                        + "(input: $input) { marked userErrors { code path } } }",
                Map.of("input", input));
        assertThat(object(answer, "done")).containsEntry("userErrors", List.of());
        return (Integer) Objects.requireNonNull(object(answer, "done").get("marked"));
    }

    static Feed<Map<String, @Nullable Object>> follow(
            TestProject reader, @Nullable String customer, @Nullable String after) {
        Map<String, @Nullable Object> variables = new HashMap<>();
        variables.put("customer", customer);
        variables.put("after", after);
        return reader.subscribe(FOLLOW, variables);
    }

    static Map<String, @Nullable Object> next(Feed<Map<String, @Nullable Object>> changes) throws InterruptedException {
        return object(changes.next().orElseThrow(), "data", "mailbox");
    }

    /** A change in a line. */
    static String line(Map<String, @Nullable Object> change) {
        return change.get("kind") + " " + object(change, "message").get("text");
    }

    /** What is noted of it. */
    static String merge(TestProject project, String from, String into) {
        var answer = project.query(
                "mutation ($input: MergeCustomersInput!) { mergeCustomers(input: $input) { fact { id } } }",
                Map.of("input", Map.of("from", from, "into", into)));
        return text(answer, "mergeCustomers", "fact", "id");
    }

    static long events(TestProject project, String collection) {
        var answer = project.query(
                "query ($name: String!) { aggregate(collection: $name, measures: {measure: COUNT, as: \"n\"}) { rows { measures } } }",
                Map.of("name", collection));
        var measures = object(list(object(answer, "aggregate"), "rows").getFirst(), "measures");
        return ((Number) Objects.requireNonNull(measures.get("n"))).longValue();
    }

    /** The nodes of all pages of a connection, which is the last of the path and takes {@code $after}. */
    static List<Object> paged(TestProject project, String fields, String... path) {
        var query = "query ($after: String) { " + fields + " pageInfo { hasNextPage endCursor } }"
                + " }".repeat(path.length);
        var found = new ArrayList<Object>();
        Map<String, @Nullable Object> variables = Map.of();
        while (true) {
            var page = object(project.query(query, variables), path);
            found.addAll((List<?>) Objects.requireNonNull(page.get("nodes")));
            var info = object(page, "pageInfo");
            if (!Boolean.TRUE.equals(info.get("hasNextPage"))) {
                return found;
            }
            variables = Map.of("after", Objects.requireNonNull(info.get("endCursor")));
        }
    }

    static String answered(TestProject project, String query, Map<String, @Nullable Object> variables) {
        return project.answer(query, variables).toString();
    }
}

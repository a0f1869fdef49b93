package dev.tidemark.core.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.testkit.ModuleConformance;
import dev.tidemark.testkit.TestProject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventsModuleTest extends ModuleConformance {

    private TestProject project;

    @Override
    protected String module() {
        return "events";
    }

    @Override
    protected void fill(TestProject filled, String text) {
        collect(filled, List.of(Map.of("collection", "a", "properties", Map.of(text, text, "n", 1))));
        collect(
                filled,
                List.of(
                        Map.of("collection", "a", "properties", Map.of(text, List.of(text), "n", text)),
                        Map.of("collection", "_" + text, "user", text, "properties", Map.of(text, text))));
    }

    @Override
    protected List<String> queries() {
        return List.of("""
            { deadLetters {
              nodes { id at source collection code pointer message raw attempts attemptedAt }
              pageInfo { hasNextPage }
              notKept
            } }
            """, "{ warnings { collection property code message count sample eventId lastAt } }");
    }

    @BeforeEach
    void makeProject() {
        project = engine().project();
    }

    @Test
    void eventsAreCollectedAndEachIsJudgedAlone() {
        var payload = collect(
                project,
                List.of(
                        Map.of("collection", "buy", "messageId", "m", "properties", Map.of("amount", 12, "price", 0.5)),
                        Map.of("collection", "buy", "messageId", "m"),
                        Map.of("collection", "buy", "time", "2026-01-01"),
                        Map.of("collection", "buy", "properties", Map.of("amount", "many"))));

        assertThat(payload)
                .containsEntry("stored", 2)
                .containsEntry("duplicates", 1)
                .containsEntry("refused", 1)
                .containsEntry("warnings", 1)
                .containsEntry("userErrors", List.of());
        assertThat(outcomes(payload))
                .extracting(outcome -> outcome.get("status"))
                .containsExactly("STORED", "DUPLICATE", "REFUSED", "STORED");
        assertThat(outcomes(payload).get(2).get("reason")).asString().contains("bad_time", "/time");
        assertThat(outcomes(payload).get(3).get("warnings")).asString().contains("/properties/amount");
    }

    @Test
    void deadLettersArePagedTheLatestFirst() {
        collect(
                project,
                IntStream.range(0, 7)
                        .mapToObj(i -> Map.<String, Object>of("collection", "_" + i))
                        .toList());

        List<Object> seen = new ArrayList<>();
        Object after = null;
        do {
            var variables = new java.util.HashMap<String, Object>();
            variables.put("after", after);
            var page = (Map<?, ?>) project.query("""
                    query($after: String) {
                      deadLetters(first: 3, after: $after) {
                        edges { cursor node { collection code source } } pageInfo { hasNextPage endCursor }
                      }
                    }
                    """, variables).get("deadLetters");
            ((List<?>) page.get("edges"))
                    .forEach(edge -> seen.add(((Map<?, ?>) ((Map<?, ?>) edge).get("node")).get("collection")));
            var info = (Map<?, ?>) page.get("pageInfo");
            after = Boolean.TRUE.equals(info.get("hasNextPage")) ? info.get("endCursor") : null;
        } while (after != null);

        assertThat(seen).containsExactly("_6", "_5", "_4", "_3", "_2", "_1", "_0");
    }

    @Test
    void deadLettersAreChosenRehearsedMendedAndDiscarded() {
        collect(
                project,
                List.of(
                        Map.of("collection", "buy", "time", "x"),
                        Map.of("collection", "_buy"),
                        Map.of("collection", "_sell")));
        var retry = """
            mutation($dry: Boolean!) { retryDeadLetters(input: {
              where: {code: ["bad_time"], source: ["graphql"]}, patch: {time: null}, dryRun: $dry
            }) { stored duplicates refused outcomes { status reason { code } } endCursor userErrors { message } } }
            """;

        var rehearsed = project.query(retry, Map.of("dry", true)).get("retryDeadLetters");
        var retried = project.query(retry, Map.of("dry", false)).get("retryDeadLetters");
        var discarded = project.query("""
            mutation { discardDeadLetters(input: {where: {collection: ["_sell"]}}) { discarded } }
            """);

        assertThat(rehearsed).isEqualTo(retried);
        assertThat(retried).asString().contains("stored=1", "refused=0", "status=STORED");
        assertThat(discarded).asString().contains("discarded=1");
        assertThat(project.query("{ deadLetters { nodes { collection } } collections { name eventCount } }")
                        .toString())
                .contains("collection=_buy", "name=buy, eventCount=1")
                .doesNotContain("_sell");
    }

    @Test
    void whoDoesNotSayWhichLettersAreMeantIsAskedTo() {
        for (var input : List.of("{}", "{ids: [], where: {}}", "{ids: []}", "{where: {code: []}}", "{ids: [\"x\"]}")) {
            var payload = project.query("mutation { discardDeadLetters(input: " + input
                            + ") { discarded userErrors { code message } } }")
                    .get("discardDeadLetters");

            assertThat(payload).as(input).asString().contains("discarded=null", "BAD_USER_INPUT");
        }
    }

    @Test
    void lettersAreNotChosenByWhatNoneCanHave() {
        for (var where : List.of("source: [\"\\u0000\"]", "from: \"+10000-01-01T00:00:00Z\"")) {
            var answer = project.answer("{ deadLetters(where: {" + where + "}) { nodes { id } } }", Map.of());

            assertThat(answer.get("errors"))
                    .as(where)
                    .asString()
                    .doesNotContain("INTERNAL_SERVER_ERROR")
                    .containsAnyOf("BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED");
        }
    }

    @Test
    void aForeignCursorIsRefused() {
        var answer = project.answer("{ deadLetters(after: \"xyz\") { nodes { id } } }", Map.of());

        assertThat(answer.get("errors")).asString().contains("BAD_USER_INPUT", "cursor");
    }

    @Test
    void warningsAreCountedByPropertyAndReason() {
        collect(project, List.of(Map.of("collection", "a", "properties", Map.of("n", 1))));
        for (int i = 0; i < 3; i++) {
            collect(
                    project,
                    List.of(
                            Map.of("collection", "a", "properties", Map.of("n", "x")),
                            Map.of("collection", "a", "properties", Map.of("n", "y"))));
        }

        var warnings = project.query("{ warnings { collection property code count sample } }")
                .get("warnings");

        assertThat(warnings)
                .isEqualTo(List.of(Map.of(
                        "collection", "a", "property", "n", "code", "does_not_fit", "count", 6L, "sample", "\"x\"")));
    }

    private static Map<String, Object> collect(TestProject into, List<Map<String, Object>> events) {
        var data = into.query("""
                mutation($events: [EventInput!]!) {
                  collect(input: {events: $events}) {
                    stored duplicates refused warnings
                    outcomes { status id reason { code pointer message } warnings { code pointer message } }
                    userErrors { message }
                  }
                }
                """, Map.of("events", events));
        return payload(data.get("collect"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> payload(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> outcomes(Map<String, Object> payload) {
        return (List<Map<String, Object>>) payload.get("outcomes");
    }
}

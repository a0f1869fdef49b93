package dev.tidemark.posthog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.json.StrictJsonReader;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.JsonObject;
import dev.tidemark.spi.JsonReader.Item;
import dev.tidemark.spi.Submission;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapturesTest {

    private static final Instant RECEIVED = Instant.parse("2026-01-02T12:00:00Z");

    @Test
    void aCaptureIsAnEventOfItsName() {
        var event = event("""
                {"event": "Order Completed", "distinct_id": "ada", "uuid": "u-1", "timestamp": "2026-01-02T11:00:00Z",
                 "properties": {"revenue": 12.5, "token": "key", "$lib": "posthog-node", "$groups": {"company": "acme"},
                                "$set": {"plan": "pro"}, "$set_once": {"first": 1}}}
                """);

        assertThat(event)
                .isEqualTo(Event.of("Order Completed")
                        .by("ada")
                        .withMessageId("u-1")
                        .at(Instant.parse("2026-01-02T11:00:00Z"))
                        .with("revenue", 12.5)
                        .with(
                                "context",
                                Map.of(
                                        "lib", "posthog-node",
                                        "groups", Map.of("company", "acme"),
                                        "traits", Map.of("plan", "pro"),
                                        "traits_once", Map.of("first", 1L))));
    }

    @Test
    void identifyTellsTheTraitsOfAPersonAndWhoItWas() {
        assertThat(event("""
                        {"event": "$identify", "distinct_id": "ada",
                         "properties": {"$anon_distinct_id": "device-7", "$set": {"plan": "pro"}}, "$set": {"age": 36}}
                        """))
                .isEqualTo(Event.of("identify")
                        .by("ada")
                        .byVisitor("device-7")
                        .with("age", 36L)
                        .with("plan", "pro"));
    }

    @Test
    void whatIsSetOnceByItselfDescribesAPersonToo() {
        assertThat(event("""
                        {"event": "$set_once", "distinct_id": "ada", "$set_once": {"plan": "pro"}, "properties": {}}
                        """))
                .isEqualTo(
                        Event.of("identify").by("ada").with("context", Map.of("traits_once", Map.of("plan", "pro"))));
    }

    @Test
    void aliasAndGroupLookLikeThoseOfOtherSenders() {
        assertThat(event("""
                        {"event": "$create_alias", "distinct_id": "ada", "properties": {"distinct_id": "ada", "alias": "device-7"}}
                        """)).isEqualTo(Event.of("alias").by("ada").with("previousId", "device-7"));
        assertThat(event("""
                        {"event": "$groupidentify", "distinct_id": "$company_acme",
                         "properties": {"$group_type": "company", "$group_key": "acme", "$group_set": {"size": 3}}}
                        """))
                .isEqualTo(Event.of("group")
                        .with("size", 3L)
                        .with("groupType", "company")
                        .with("groupId", "acme"));
    }

    @Test
    void anObjectWithoutMembersIsReadAsTheSdkForPhpWritesIt() {
        assertThat(event("""
                        {"event": "$groupidentify", "properties": {"$group_type": "company", "$group_key": "acme", "$group_set": []}}
                        """))
                .isEqualTo(Event.of("group").with("groupType", "company").with("groupId", "acme"));
    }

    @Test
    void namesOfPosthogLoseTheirMark() {
        assertThat(event("{\"event\": \"$pageview\"}").collection()).isEqualTo("page");
        assertThat(event("{\"event\": \"$pageleave\"}").collection()).isEqualTo("pageleave");
        assertThat(event("{\"event\": \"$\"}").collection()).isEqualTo("$");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"$is_identified\": false}", "{\"$process_person_profile\": false}", "{\"$device_id\": \"d\"}"
            })
    void whoIsNotIdentifiedIsAnonymous(String properties) {
        var event = event("{\"event\": \"a\", \"distinct_id\": \"d\", \"properties\": " + properties + "}");

        assertThat(event.user()).isEmpty();
        assertThat(event.anonymous()).contains("d");
    }

    @Test
    void aClockThatIsWrongIsSetRight() {
        var sentAt = Optional.of(Instant.parse("2020-05-05T00:00:30Z"));

        assertThat(event("{\"event\": \"a\", \"timestamp\": \"2020-05-05T00:00:10Z\"}", sentAt)
                        .time())
                .contains(RECEIVED.minusSeconds(20));
        assertThat(event("{\"event\": \"a\", \"offset\": 1500}").time()).contains(RECEIVED.minusMillis(1500));
        assertThat(event("{\"event\": \"a\"}", sentAt).time()).isEmpty();
    }

    @Test
    void anOlderSdksIdIsAMessageIdToo() {
        assertThat(event("{\"event\": \"a\", \"properties\": {\"$insert_id\": \"i\"}}"))
                .isEqualTo(Event.of("a").withMessageId("i"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"event\": 7.5, \"properties\": [1]}",
                "{\"event\": \"a\", \"distinct_id\": {}}",
                "{\"event\": \"a\", \"timestamp\": \"soon\"}",
                "{\"event\": \"$identify\", \"properties\": {\"$set\": 3}}",
                "{\"event\": \"a\", \"offset\": 9223372036854775807, \"properties\": {\"$set\": 3}}"
            })
    void whatIsNoEventBecomesADeadLetter(String text) {
        assertThat(submission(text, Optional.empty())).isInstanceOf(Submission.Unreadable.class);
    }

    private static Event event(String text) {
        return event(text, Optional.empty());
    }

    private static Event event(String text, Optional<Instant> sentAt) {
        return (Event) submission(text, sentAt);
    }

    private static Submission submission(String text, Optional<Instant> sentAt) {
        List<Item> items = new ArrayList<>();
        new StrictJsonReader()
                .batch(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "batch", items::add);
        return items.getFirst().submission(new Captures(new JsonObject(Map.of()), sentAt, RECEIVED, "key")::event);
    }
}

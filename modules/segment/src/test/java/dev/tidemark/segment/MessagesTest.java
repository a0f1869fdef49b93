package dev.tidemark.segment;

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

class MessagesTest {

    private static final Instant RECEIVED = Instant.parse("2026-01-02T12:00:00Z");

    @Test
    void aTrackIsAnEventOfItsName() {
        var event = event("""
                {"type": "track", "event": "Order Completed", "userId": "ada", "anonymousId": "device-7", "messageId": "m-1",
                 "timestamp": "2026-01-02T11:00:00Z", "properties": {"revenue": 12.5}, "integrations": {"All": true},
                 "_metadata": {"nodeVersion": "v20"}, "writeKey": "secret"}
                """);

        assertThat(event)
                .isEqualTo(Event.of("Order Completed")
                        .by("ada")
                        .byVisitor("device-7")
                        .withMessageId("m-1")
                        .at(Instant.parse("2026-01-02T11:00:00Z"))
                        .with("revenue", 12.5));
    }

    @Test
    void pagesAndScreensTellTheirNameAndCategory() {
        assertThat(
                        event(
                                "{\"type\": \"page\", \"category\": \"Docs\", \"name\": \"Intro\", \"properties\": {\"url\": \"/a\"}}"))
                .isEqualTo(Event.of("page")
                        .with("url", "/a")
                        .with("category", "Docs")
                        .with("name", "Intro"));
        assertThat(event("{\"type\": \"screen\", \"name\": \"Home\"}"))
                .isEqualTo(Event.of("screen").with("name", "Home"));
    }

    @Test
    void traitsAreProperties() {
        assertThat(event("{\"type\": \"identify\", \"userId\": 7, \"traits\": {\"plan\": \"pro\"}}"))
                .isEqualTo(Event.of("identify").by("7").with("plan", "pro"));
        assertThat(event(
                        "{\"type\": \"group\", \"groupId\": \"acme\", \"userId\": \"ada\", \"traits\": {\"size\": 3}}"))
                .isEqualTo(Event.of("group").by("ada").with("size", 3L).with("groupId", "acme"));
        assertThat(event("{\"type\": \"alias\", \"previousId\": \"device-7\", \"userId\": \"ada\"}"))
                .isEqualTo(Event.of("alias").by("ada").with("previousId", "device-7"));
    }

    @Test
    void theContextIsKeptBelowItsName() {
        var event = event("""
                {"context": {"library": {"name": "analytics-java"}, "instanceId": "i"}, "batch": [
                {"type": "track", "event": "a", "context": {"ip": "10.0.0.1"}, "properties": {"context": "mine"}}]}
                """);

        assertThat(event.properties())
                .containsExactly(
                        Map.entry("properties.context", "mine"),
                        Map.entry(
                                "context",
                                Map.of(
                                        "library",
                                        Map.of("name", "analytics-java"),
                                        "instanceId",
                                        "i",
                                        "ip",
                                        "10.0.0.1")));
    }

    @Test
    void aClockThatIsWrongIsSetRight() {
        var late = event("""
                {"batch": [{"type": "track", "event": "a", "timestamp": "2020-05-05T00:00:10Z"}], "sentAt": "2020-05-05T00:00:30Z"}
                """);
        var alone = event("""
                {"type": "track", "event": "a", "timestamp": "2030-05-05T00:00:00Z", "sentAt": "2030-05-05T00:00:01Z"}
                """);

        assertThat(late.time()).contains(RECEIVED.minusSeconds(20));
        assertThat(alone.time()).contains(RECEIVED.minusSeconds(1));
    }

    @Test
    void withoutATimestampItIsTheTimeOfItsReceipt() {
        assertThat(event("{\"type\": \"track\", \"event\": \"a\", \"sentAt\": \"2030-05-05T00:00:01Z\"}")
                        .time())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\": \"bogus\"}",
                "{\"type\": \"track\"}",
                "{\"type\": \"track\", \"event\": \"\"}",
                "{\"type\": \"track\", \"event\": {}}",
                "{\"type\": \"track\", \"event\": \"a\", \"properties\": \"none\"}",
                "{\"type\": \"track\", \"event\": \"a\", \"timestamp\": \"yesterday\"}",
                "{\"type\": \"track\", \"event\": \"a\", \"userId\": [1]}"
            })
    void whatIsNoEventBecomesADeadLetterWithItsText(String text) {
        assertThat(submissions(text, Optional.empty())).singleElement().satisfies(submission -> {
            assertThat(submission).isInstanceOf(Submission.Unreadable.class);
            assertThat(((Submission.Unreadable) submission).raw())
                    .startsWith("{")
                    .endsWith("}");
            assertThat(((Submission.Unreadable) submission).reason().code()).isEqualTo("not_an_event");
        });
    }

    @Test
    void theAddressMaySayTheType() {
        assertThat(submissions("{\"event\": \"a\"}", Optional.of(MessageType.TRACK)))
                .containsExactly(Event.of("a"));
    }

    private static Event event(String text) {
        return (Event) submissions(text, Optional.empty()).getFirst();
    }

    private static List<Submission> submissions(String text, Optional<MessageType> type) {
        List<Item> items = new ArrayList<>();
        var body = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        var around = new JsonObject(new StrictJsonReader().batch(body, "batch", items::add));
        var messages = new Messages(type, around, RECEIVED);
        return items.stream().map(item -> item.submission(messages::event)).toList();
    }
}

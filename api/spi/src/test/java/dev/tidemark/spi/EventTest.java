package dev.tidemark.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventTest {

    @Test
    void anEventIsReadFromItsOwnForm() {
        Map<String, Object> sent = Map.of(
                "collection", "signup",
                "time", "2026-01-02T03:04:05Z",
                "user", "ada",
                "anonymous", "device-7",
                "messageId", "m-1",
                "properties", Map.of("plan", "pro"));

        assertThat(Event.of(new JsonObject(sent)))
                .isEqualTo(Event.of("signup")
                        .at(Instant.parse("2026-01-02T03:04:05Z"))
                        .by("ada")
                        .byVisitor("device-7")
                        .withMessageId("m-1")
                        .with("plan", "pro"));
    }

    @Test
    void anEventNeedsNothingButItsKind() {
        assertThat(Event.of(new JsonObject(Map.of("collection", "signup")))).isEqualTo(Event.of("signup"));
        assertThatThrownBy(() -> Event.of(new JsonObject(Map.of())))
                .isInstanceOf(CallerException.class)
                .hasMessageContaining("collection");
    }

    @Test
    void aMemberThatDoesNotBelongIsRefused() {
        assertThatThrownBy(() -> Event.of(new JsonObject(Map.of("collection", "signup", "plan", "pro"))))
                .isInstanceOf(CallerException.class)
                .hasMessageContaining("properties");
    }
}

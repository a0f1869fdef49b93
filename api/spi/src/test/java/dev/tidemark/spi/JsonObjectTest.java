package dev.tidemark.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-02T03:04:05.006Z",
                "2026-01-02T03:04:05.006000000+00:00",
                "2026-01-02T04:04:05.006+0100",
                "2026-01-02 03:04:05.006",
                "2026-01-01T22:04:05.006-05:00"
            })
    void timesAreReadAsAnySdkWritesThem(String text) {
        assertThat(new JsonObject(Map.of("at", text)).time("at")).contains(Instant.parse("2026-01-02T03:04:05.006Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2026-13-02T03:04:05Z",
                "2026-01-02",
                "+12026-01-02T03:04:05Z",
                "0000-01-02T03:04:05Z",
                "1767323045"
            })
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> new JsonObject(Map.of("at", text)).time("at"))
                .isInstanceOf(CallerException.class)
                .hasMessageContaining("at");
    }

    @Test
    void numbersAreTextToo() {
        assertThat(new JsonObject(Map.of("user", 7L)).text("user")).contains("7");
    }

    @Test
    void nothingIsMissing() {
        var object = new JsonObject(Map.of("empty", ""));

        assertThat(object.text("empty")).isEmpty();
        assertThat(object.text("missing")).isEmpty();
        assertThat(object.time("missing")).isEmpty();
        assertThat(object.object("missing").members()).isEmpty();
    }

    @Test
    void anotherTypeIsRefused() {
        var object = new JsonObject(Map.of("member", true));

        assertThatThrownBy(() -> object.text("member")).isInstanceOf(CallerException.class);
        assertThatThrownBy(() -> object.object("member")).isInstanceOf(CallerException.class);
    }
}

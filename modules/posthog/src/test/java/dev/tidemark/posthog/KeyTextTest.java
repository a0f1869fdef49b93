package dev.tidemark.posthog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyTextTest {

    private static final String KEY = "tmk_write_Ab+9";

    @ParameterizedTest
    @CsvSource({
        "{\"token\": \"tmk_write_Ab+9\"}, {\"token\": \"(removed key)\"}",
        "tmk\\u005fwrite\\u005F\\u0041b+\\u0039 twice: tmk_write_Ab+9, (removed key) twice: (removed key)",
        "{\"token\": \"tmk_write_A…, {\"token\": \"(removed key)…",
        "{\"token\": \"tmk_write_\\u00…, {\"token\": \"(removed key)…",
        "{\"token\": \"tmk_writ…, {\"token\": \"(removed key)…",
        "tmk_write_… and more, tmk_write_… and more",
        "tmk_write_AB+9 tmk_wri…, tmk_write_AB+9 tmk_wri…",
    })
    void aKeyIsRemovedHoweverItIsSpelledAndWhereverItIsCut(String raw, String kept) {
        assertThat(new KeyText(KEY).removedFrom(raw)).isEqualTo(kept);
    }
}

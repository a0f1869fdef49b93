package dev.tidemark.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.JsonObject;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WriteKeyTest {

    private static final JsonObject NOTHING = new JsonObject(Map.of());

    @Test
    void theUserNameIsTheKey() {
        assertThat(WriteKey.of("Basic d2s6")).contains("wk");
        assertThat(WriteKey.of("basic d2s6c2VjcmV0")).contains("wk");
        assertThat(WriteKey.of("Basic d2s=")).contains("wk");
    }

    @Test
    void aBearerTokenIsTheKeyAsAnywhereElse() {
        assertThat(WriteKey.of("Bearer wk")).contains("wk");
        assertThat(WriteKey.of("bearer  wk ")).contains("wk");
    }

    @Test
    void noUserNameIsNoKey() {
        assertThat(WriteKey.of("Basic Og==")).isEmpty();
        assertThat(WriteKey.of("Digest wk")).isEmpty();
        assertThatThrownBy(() -> WriteKey.of("Basic ä")).isInstanceOf(CallerException.class);
    }

    @Test
    void theBodyMayHaveTheKey() {
        var keyed = new JsonObject(Map.of("writeKey", "wk"));

        assertThat(WriteKey.within(keyed, Optional.empty())).isEqualTo("wk");
        assertThat(WriteKey.within(NOTHING, Optional.of(keyed))).isEqualTo("wk");
        assertThatThrownBy(() -> WriteKey.within(NOTHING, Optional.of(NOTHING))).isInstanceOf(CallerException.class);
    }
}

package dev.tidemark.referrer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no address",
                "/only/a/path",
                "http://",
                "http://[::1",
                "mailto:ada@example.org",
                "?utm_source=x"
            })
    void whatHasNoHostIsNoAddress(String text) {
        assertThat(PageAddress.of(text)).isEmpty();
    }

    @Test
    void queriesThatAreNoUriAreReadAllTheSame() {
        assertThat(PageAddress.of("https://a.example/?q=<b>|&utm_source=a+b&utm_medium=%zz&utm_term=&utm_source=c")
                        .orElseThrow()
                        .campaign())
                .hasSize(1)
                .containsEntry("utm_source", "a b");
    }
}

package dev.tidemark.referrer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource({
        "https://my_shop.example/?utm_source=x, my_shop.example",
        "https://www.a.example/list[1]|b?utm_source=x, a.example",
        "http://ada:secret@A.example:8080?utm_source=x#top, a.example",
        "http://münchen.example/a b?utm_source=x, münchen.example",
        "//[2001:db8::1]:80/?utm_source=x, [2001:db8::1]"
    })
    void hostsAndPathsThatAreNoUriAreReadAllTheSame(String text, String host) {
        assertThat(PageAddress.of(text)).hasValue(new PageAddress(host, Map.of("utm_source", "x")));
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

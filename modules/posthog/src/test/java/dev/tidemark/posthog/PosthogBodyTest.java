package dev.tidemark.posthog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.spi.CallerException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class PosthogBodyTest {

    private static final String JSON = "{\"event\": \"ä~>?\"}";
    private static final int MOST = 100;

    @Test
    void jsonIsReadAsItIs() throws IOException {
        assertThat(json(JSON)).isEqualTo(JSON);
    }

    @Test
    void aFormHasJsonOrBase64OfIt() throws IOException {
        var base64 = Base64.getEncoder().encodeToString(JSON.getBytes(StandardCharsets.UTF_8));

        assertThat(json("data=" + encoded(JSON) + "&compression=none")).isEqualTo(JSON);
        assertThat(json("data=" + encoded(base64) + "&compression=base64")).isEqualTo(JSON);
        assertThat(json("data=" + base64)).isEqualTo(JSON);
    }

    @Test
    void whatIsInAFormMayBeCompressed() throws IOException {
        var compressed = Base64.getEncoder().encodeToString(gzip(JSON));

        assertThat(json("data=" + encoded(compressed))).isEqualTo(JSON);
    }

    @Test
    void anInflatedFormHasALimitToo() throws IOException {
        var bomb = Base64.getEncoder().encodeToString(gzip(" ".repeat(MOST + 1)));

        assertThatThrownBy(() -> json("data=" + encoded(bomb))).isInstanceOf(CallerException.class);
    }

    @Test
    void anotherFormIsRefused() {
        assertThatThrownBy(() -> json("data=%zz")).isInstanceOf(CallerException.class);
        assertThatThrownBy(() -> json("data=!!")).isInstanceOf(CallerException.class);
    }

    private static String json(String body) throws IOException {
        try (var json = PosthogBody.json(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), MOST)) {
            return new String(json.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static byte[] gzip(String text) throws IOException {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return compressed.toByteArray();
    }
}

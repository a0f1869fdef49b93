package dev.tidemark.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class RequestBodyTest {

    private static final byte[] TEXT = "{\"a\": 1}".repeat(1_000).getBytes(StandardCharsets.UTF_8);

    @Test
    void aBodyIsReadAsItIs() throws IOException {
        assertThat(read(TEXT, TEXT.length)).isEqualTo(TEXT);
        assertThat(read(new byte[] {0x1f}, 1)).containsExactly(0x1f);
        assertThat(read(new byte[0], 0)).isEmpty();
    }

    @Test
    void aCompressedBodyIsInflated() throws IOException {
        assertThat(read(gzip(TEXT), TEXT.length)).isEqualTo(TEXT);
    }

    @Test
    void theLimitCountsWhatWasInflated() {
        assertThatThrownBy(() -> read(gzip(TEXT), TEXT.length - 1))
                .isInstanceOfSatisfying(
                        CallerException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE));
    }

    @Test
    void aBrokenGzipIsTheCallersFault() throws IOException {
        var broken = gzip(TEXT);
        broken[12] ^= 0x55;

        assertThatThrownBy(() -> read(broken, TEXT.length)).isInstanceOf(CallerException.class);
        assertThatThrownBy(() -> read(Arrays.copyOf(gzip(TEXT), 30), TEXT.length))
                .isInstanceOf(CallerException.class);
        assertThatThrownBy(() -> read(Arrays.copyOf(gzip(TEXT), 5), TEXT.length))
                .isInstanceOf(CallerException.class);
    }

    private static byte[] read(byte[] sent, int most) throws IOException {
        try (var body = RequestBody.of(new ByteArrayInputStream(sent), most)) {
            return body.readAllBytes();
        }
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(plain);
        }
        return compressed.toByteArray();
    }
}

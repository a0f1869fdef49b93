package dev.tidemark.posthog;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.RequestBody;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** The JSON in a request. Older SDKs for browsers wrap it in a form: {@code data=<JSON, or Base64 of it>&…}. */
final class PosthogBody {

    private static final byte[] FORM = "data=".getBytes(StandardCharsets.US_ASCII);

    private PosthogBody() {}

    static InputStream json(ServerRequest request, int most) {
        return json(RequestBody.of(request, most), most);
    }

    static InputStream json(InputStream sent, int most) {
        var body = read(sent);
        return Arrays.mismatch(body, FORM) == FORM.length ? form(body, most) : new ByteArrayInputStream(body);
    }

    private static InputStream form(byte[] body, int most) {
        var form = new String(body, FORM.length, body.length - FORM.length, StandardCharsets.UTF_8);
        var end = form.indexOf('&');
        var data = decoded(end < 0 ? form : form.substring(0, end));
        return RequestBody.of(new ByteArrayInputStream(data), most);
    }

    private static byte[] decoded(String sent) {
        try {
            var data = URLDecoder.decode(sent, StandardCharsets.UTF_8);
            return data.startsWith("{") || data.startsWith("[")
                    ? data.getBytes(StandardCharsets.UTF_8)
                    : Base64.getDecoder().decode(data.replace(' ', '+'));
        } catch (IllegalArgumentException e) {
            throw new CallerException(ErrorCode.BAD_USER_INPUT, "The data of the form is neither JSON nor Base64.");
        }
    }

    private static byte[] read(InputStream body) {
        try (body) {
            return body.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

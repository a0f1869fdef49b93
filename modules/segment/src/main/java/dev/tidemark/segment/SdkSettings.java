package dev.tidemark.segment;

import com.fasterxml.jackson.core.JsonFactory;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What SDKs for browsers and phones ask Segment for before they send: what is on, and where messages go. Here these go where
 * the settings came from.
 *
 * @param host with the port, as the client has it
 */
record SdkSettings(String key, String protocol, String host) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final HeaderName PROTOCOL = HeaderNames.create("X-Forwarded-Proto");

    static SdkSettings of(ServerRequest request, String key) {
        var headers = request.headers();
        var host = headers.first(HeaderNames.X_FORWARDED_HOST)
                .or(() -> headers.first(HeaderNames.HOST))
                .orElse("");
        var isSecure = request.isSecure()
                || headers.first(PROTOCOL).filter("https"::equalsIgnoreCase).isPresent();
        return new SdkSettings(key, isSecure ? "https" : "http", host);
    }

    byte[] json() {
        var bytes = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeObjectFieldStart("integrations");
            json.writeObjectFieldStart("Segment.io");
            json.writeStringField("apiKey", key);
            json.writeStringField("apiHost", host + "/v1");
            json.writeStringField("protocol", protocol);
            json.writeEndObject();
            json.writeEndObject();
            json.writeObjectFieldStart("plan");
            json.writeEndObject();
            json.writeObjectFieldStart("metrics");
            json.writeNumberField("sampleRate", 0);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}

package dev.tidemark.segment;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Finds the key of a request: as Segment's SDKs send it, or as any other address here takes it. */
final class WriteKey {

    private static final String BASIC = "basic ";
    private static final String BEARER = "bearer ";

    private WriteKey() {}

    /** The user name of Basic authentication, which has no password; or a Bearer token. */
    static Optional<String> of(String authorization) {
        var scheme = authorization.toLowerCase(Locale.ROOT);
        if (scheme.startsWith(BEARER)) {
            return Optional.of(authorization.substring(BEARER.length()).strip());
        }
        if (!scheme.startsWith(BASIC)) {
            return Optional.empty();
        }
        try {
            var decoded = Base64.getDecoder()
                    .decode(authorization.substring(BASIC.length()).strip());
            var credentials = new String(decoded, StandardCharsets.UTF_8);
            var colon = credentials.indexOf(':');
            return Optional.of(colon < 0 ? credentials : credentials.substring(0, colon))
                    .filter(key -> !key.isEmpty());
        } catch (IllegalArgumentException e) {
            throw new CallerException(
                    ErrorCode.UNAUTHENTICATED, "The credentials of Basic authentication are no Base64.");
        }
    }

    /** As browsers send it: within the batch, or within the only message. */
    static String within(JsonObject around, Optional<JsonObject> message) {
        return around.text("writeKey")
                .or(() -> message.flatMap(found -> found.text("writeKey")))
                .orElseThrow(() -> new CallerException(
                        ErrorCode.UNAUTHENTICATED,
                        "Send the write key as the user name of Basic authentication, as Authorization: Bearer <key>, as"
                                + " X-API-Key, or as writeKey in the body."));
    }
}

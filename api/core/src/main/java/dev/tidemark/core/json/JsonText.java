package dev.tidemark.core.json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** JSON that PostgreSQL gives back. */
public final class JsonText {

    /** PostgreSQL writes numbers out, without exponents. */
    private static final int WRITTEN_OUT = JsonLimits.NUMBER_CHARACTERS + JsonLimits.EXPONENT + 2;

    private JsonText() {}

    /** Its value, with exact numbers. */
    public static @Nullable Object read(String json) {
        var bytes = ByteBuffer.wrap(("{\"\":" + json + "}").getBytes(StandardCharsets.UTF_8));
        try {
            return new ItemParser(WRITTEN_OUT)
                    .object(new ScannedItem(bytes, true, 1, 1))
                    .get("");
        } catch (SpoiledException | NotJsonException e) {
            throw new IllegalStateException("The database holds JSON that cannot be read.", e);
        }
    }
}

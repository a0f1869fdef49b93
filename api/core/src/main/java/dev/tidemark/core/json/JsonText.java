package dev.tidemark.core.json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** JSON that PostgreSQL gives back. */
public final class JsonText {

    private JsonText() {}

    /** Its value, with exact numbers. */
    public static @Nullable Object read(String json) {
        var bytes = ByteBuffer.wrap(("{\"\":" + json + "}").getBytes(StandardCharsets.UTF_8));
        try {
            return new ItemParser().object(new ScannedItem(bytes, true, 1, 1)).get("");
        } catch (SpoiledException | NotJsonException e) {
            throw new IllegalStateException("The database holds JSON that cannot be read.", e);
        }
    }
}

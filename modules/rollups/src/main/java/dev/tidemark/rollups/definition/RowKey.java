package dev.tidemark.rollups.definition;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** What tells apart the rows of a bucket, in column {@code _key}. */
public final class RowKey {

    private RowKey() {}

    /** As {@link RollupTable} computes it of the dimensions, whose types are such that Java and PostgreSQL print them alike. */
    public static UUID of(List<@Nullable Object> dimensions) {
        var text = new ByteArrayOutputStream();
        for (var dimension : dimensions) {
            if (dimension == null) {
                text.write('-');
            } else {
                var bytes = dimension.toString().getBytes(StandardCharsets.UTF_8);
                text.writeBytes((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                text.writeBytes(bytes);
            }
        }
        var hash = ByteBuffer.wrap(DigestUtils.md5(text.toByteArray()));
        return new UUID(hash.getLong(), hash.getLong());
    }
}

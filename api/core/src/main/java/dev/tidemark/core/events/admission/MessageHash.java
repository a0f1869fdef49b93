package dev.tidemark.core.events.admission;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The first 128 bits of a messageId's SHA-256, ordered as PostgreSQL orders uuids. */
public record MessageHash(long high, long low) implements Comparable<MessageHash> {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    static MessageHash of(String messageId) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(messageId.getBytes(StandardCharsets.UTF_8));
            return new MessageHash((long) LONG.get(digest, 0), (long) LONG.get(digest, Long.BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }

    @Override
    public int compareTo(MessageHash other) {
        var byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MessageHash(long otherHigh, long otherLow) && high == otherHigh && low == otherLow;
    }

    public void appendHex(StringBuilder text) {
        text.append(HexFormat.of().toHexDigits(high)).append(HexFormat.of().toHexDigits(low));
    }
}

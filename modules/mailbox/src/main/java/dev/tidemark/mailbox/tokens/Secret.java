package dev.tidemark.mailbox.tokens;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs tokens by HMAC-SHA256 (RFC 2104). */
final class Secret {

    private static final String ALGORITHM = "HmacSHA256";

    private final long id;
    private final SecretKeySpec key;
    private final Optional<Instant> endsAt;

    /** @param endsAt until when what it signed is good; empty: it is the newest */
    Secret(long id, byte[] secret, Optional<Instant> endsAt) {
        this.id = id;
        this.key = new SecretKeySpec(secret, ALGORITHM);
        this.endsAt = endsAt;
    }

    long id() {
        return id;
    }

    boolean isNewest() {
        return endsAt.isEmpty();
    }

    boolean isGood(Instant now) {
        return endsAt.filter(end -> !now.isBefore(end)).isEmpty();
    }

    byte[] signature(String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM + ".", e);
        }
    }

    /** Takes as long for a wrong signature as for a right one. */
    boolean signed(String text, byte[] signature) {
        return MessageDigest.isEqual(signature(text), signature);
    }
}

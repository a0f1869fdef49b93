package dev.tidemark.mailbox.tokens;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs tokens by HMAC-SHA256 (RFC 2104). */
final class Secret {

    private static final String ALGORITHM = "HmacSHA256";

    private final long id;
    private final SecretKeySpec key;
    private final boolean isNewest;

    /** @param isNewest whether it signs; what others have signed is good for a time still */
    Secret(long id, byte[] secret, boolean isNewest) {
        this.id = id;
        this.key = new SecretKeySpec(secret, ALGORITHM);
        this.isNewest = isNewest;
    }

    long id() {
        return id;
    }

    boolean isNewest() {
        return isNewest;
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

package dev.tidemark.mailbox.tokens;

import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.KeyLimits;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Projects;
import dev.tidemark.spi.TokenReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tokens that stand for one customer: {@code tmc_<what>.<signature>}, both in base64url. What is said is the project, the secret that
 * signed, when it expires, and the customer; anybody may read it, and only the server can say it.
 */
public final class Tokens implements TokenReader {

    public static final String MARK = "tmc";

    private static final Pattern TOKEN = Pattern.compile(MARK + "_([\\w-]{1,4000})\\.([\\w-]{43})");
    private static final Pattern SAID =
            Pattern.compile("([a-z][a-z0-9_]{0,40}) (\\d{1,18}) (\\d{1,12}) (.+)", Pattern.DOTALL);
    private static final int SHOWN = 16;

    private final Projects projects;
    private final Secrets secrets;
    private final KeyLimits limits;
    private final Clock clock;

    /** @param limits of each token */
    public Tokens(Projects projects, Secrets secrets, KeyLimits limits, Clock clock) {
        this.projects = projects;
        this.secrets = secrets;
        this.limits = limits;
        this.clock = clock;
    }

    /** A token for a customer, good until then. */
    String token(Project project, String customer, Instant expiresAt) {
        var secret = secrets.newest(project);
        var said = project.slug() + " " + secret.id() + " " + expiresAt.getEpochSecond() + " " + customer;
        return MARK + "_" + encoded(said.getBytes(StandardCharsets.UTF_8)) + "." + encoded(secret.signature(said));
    }

    @Override
    public Caller caller(String token) {
        var parts = TOKEN.matcher(token);
        if (!parts.matches()) {
            throw refused();
        }
        var said = new String(decoded(parts.group(1)), StandardCharsets.UTF_8);
        return caller(said, decoded(parts.group(2))).orElseThrow(Tokens::refused);
    }

    private Optional<Caller> caller(String said, byte[] signature) {
        var parts = SAID.matcher(said);
        if (!parts.matches() || !clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(parts.group(3))))) {
            return Optional.empty();
        }
        return projects.find(parts.group(1))
                .filter(project -> secrets.find(project, Long.parseLong(parts.group(2)))
                        .filter(secret -> secret.signed(said, signature))
                        .isPresent())
                .map(project -> Caller.ofCustomer(id(signature), limits, project, parts.group(4)));
    }

    /** Tells tokens apart in logs and limits, and opens nothing: a part of the signature. */
    private static String id(byte[] signature) {
        return "customer " + HexFormat.of().formatHex(signature).substring(0, SHOWN);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw refused();
        }
    }

    /** One answer for all, so that nobody learns which projects there are. */
    private static CallerException refused() {
        return new CallerException(
                ErrorCode.UNAUTHENTICATED,
                "This token opens nothing: it is wrong, has expired or was revoked. Get a new one.");
    }
}

package dev.tidemark.core.projects.keys;

import dev.tidemark.core.projects.nodes.NodeRegistry;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Scope;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The key of the operator: the one that is configured, else one that is made when no administrator has any.
 *
 * <p>A configured key is kept like all others, so it goes on counting when the setting is taken away, until another
 * replaces it or it is revoked.
 */
public final class AdminKeys {

    private static final int SHORTEST = 16;
    private static final String SETTING = "TIDEMARK_ADMIN_KEY";

    private final AdminKeyStore store;
    private final NodeRegistry nodes;
    private final Optional<Secret> configured;
    private final SecureRandom random;

    public AdminKeys(AdminKeyStore store, NodeRegistry nodes, Optional<Secret> configured, SecureRandom random) {
        this.store = store;
        this.nodes = nodes;
        this.configured = configured;
        this.random = random;
    }

    /** @return the key that was made, to be shown to the operator this once */
    public Optional<String> start() {
        if (configured.isEmpty()) {
            var made = new NewKey(KeyRequest.of("admin", Scope.ADMIN), Secret.random(random), true);
            return store.addFirst(made) ? Optional.of(made.secret().text()) : Optional.empty();
        }
        keep(configured.get());
        return Optional.empty();
    }

    boolean isConfigured() {
        return configured.isPresent();
    }

    private void keep(Secret secret) {
        if (secret.text().length() < SHORTEST) {
            throw refused(SETTING + " is too easy to guess: use " + SHORTEST + " characters or more.");
        }
        var key = new NewKey(KeyRequest.of(SETTING, Scope.ADMIN), secret, true);
        nodes.publish(store.replaceRoot(key)
                .orElseThrow(() -> refused(SETTING + " is the key of a project already: use another.")));
    }

    private static CallerException refused(String sentence) {
        return new CallerException(ErrorCode.BAD_USER_INPUT, sentence);
    }
}

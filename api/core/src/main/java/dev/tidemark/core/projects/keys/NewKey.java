package dev.tidemark.core.projects.keys;

import java.security.SecureRandom;

/** A key on its way into the database, with the secret that is shown this once. */
public record NewKey(KeyRequest request, Secret secret, boolean root) {

    public static NewKey of(KeyRequest request, SecureRandom random) {
        return new NewKey(request, Secret.random(random), false);
    }
}

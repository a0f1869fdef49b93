package dev.tidemark.core.projects;

import java.security.SecureRandom;

/** A key on its way into the database, with the secret that is shown this once. */
record NewKey(KeyRequest request, Secret secret, boolean root) {

    static NewKey of(KeyRequest request, SecureRandom random) {
        return new NewKey(request, Secret.random(random), false);
    }
}

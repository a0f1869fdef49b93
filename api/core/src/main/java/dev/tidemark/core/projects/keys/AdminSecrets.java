package dev.tidemark.core.projects.keys;

import java.util.Optional;

/**
 * Admin keys that the operator's side brings along.
 *
 * @param configured the setting {@code TIDEMARK_ADMIN_KEY}, which replaces the admin key of the first start
 * @param local one for the command line of this machine, valid on this node while it runs and kept in no table
 */
public record AdminSecrets(Optional<Secret> configured, Optional<Secret> local) {

    public static AdminSecrets none() {
        return new AdminSecrets(Optional.empty(), Optional.empty());
    }
}

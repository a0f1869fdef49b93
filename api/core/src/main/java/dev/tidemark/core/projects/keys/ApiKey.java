package dev.tidemark.core.projects.keys;

import dev.tidemark.spi.KeyLimits;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Scope;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A key, as everyone may see it who administers its project.
 *
 * @param project empty: an admin key
 * @param prefix the beginning of its secret; empty for one that an operator made up
 * @param lastUsedAt to the minute
 * @param root the admin key of the server's first start, or the one that the operator configured
 */
public record ApiKey(
        long id,
        Optional<Project> project,
        String name,
        String prefix,
        Set<Scope> scopes,
        boolean root,
        Instant createdAt,
        Optional<Instant> expiresAt,
        KeyLimits limits,
        Optional<Instant> lastUsedAt) {

    public static final String TYPE = "ApiKey";

    public ApiKey {
        scopes = Set.copyOf(scopes);
    }
}

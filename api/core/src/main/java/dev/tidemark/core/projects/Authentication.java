package dev.tidemark.core.projects;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tidemark.core.projects.allowances.Allowances;
import dev.tidemark.core.projects.keys.ApiKey;
import dev.tidemark.core.projects.keys.ApiKeys;
import dev.tidemark.core.projects.keys.KeyHash;
import dev.tidemark.core.projects.keys.KeyStore;
import dev.tidemark.core.projects.keys.KeyUse;
import dev.tidemark.core.projects.keys.Secret;
import dev.tidemark.core.projects.nodes.AccessVersion;
import dev.tidemark.core.projects.registry.ProjectRegistry;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Callers;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Scope;
import dev.tidemark.spi.TokenReader;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells callers by their keys. Keys that were found are remembered under the access version; what was not found is not
 * remembered at all, so a stream of wrong keys fills nothing and a new key works at once.
 */
public final class Authentication implements Callers {

    private static final int REMEMBERED = 10_000;
    private static final char END_OF_MARK = '_';

    private final KeyStore store;
    private final ProjectRegistry projects;
    private final AccessVersion version;
    private final KeyUse use;
    private final Allowances allowances;
    private final Clock clock;
    private final Optional<KeyHash> local;
    private final Cache<KeyHash, Known> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    private volatile Map<String, TokenReader> tokens = Map.of();

    private record Known(ApiKey key, long version) {}

    /** @param local an admin key that is valid on this node while it runs */
    Authentication(
            KeyStore store,
            ProjectRegistry projects,
            AccessVersion version,
            KeyUse use,
            Allowances allowances,
            Clock clock,
            Optional<Secret> local) {
        this.store = store;
        this.projects = projects;
        this.version = version;
        this.use = use;
        this.allowances = allowances;
        this.clock = clock;
        this.local = local.map(Secret::hash);
    }

    /** From now on callers are told by these tokens too, each by the mark before its first underscore. */
    public void join(Map<String, TokenReader> contributed) {
        tokens = Map.copyOf(contributed);
    }

    @Override
    public Caller withKey(String secret, Optional<String> slug) {
        var reader = tokens.get(secret.substring(0, Math.max(0, secret.indexOf(END_OF_MARK))));
        return reader == null ? withOwnKey(secret, slug) : within(reader.caller(secret), slug);
    }

    /** A caller may name the project that it stands in anyhow. */
    private static Caller within(Caller caller, Optional<String> slug) {
        if (slug.isPresent() && !caller.selected().map(Project::slug).equals(slug)) {
            throw refused();
        }
        return caller;
    }

    @Override
    public void count(Caller caller) {
        allowances.take(caller, 1);
    }

    private Caller withOwnKey(String secret, Optional<String> slug) {
        var hash = KeyHash.of(secret);
        if (local.filter(hash::equals).isPresent()) {
            return new Caller(ApiKeys.LOCAL, Set.of(Scope.ADMIN), slug.map(this::project));
        }
        var key = find(hash).filter(this::isCurrent).orElseThrow(Authentication::refused);
        var selected = key.project().or(() -> slug.map(this::project));
        var caller = within(
                new Caller(Long.toString(key.id()), key.scopes(), key.limits(), selected, Optional.empty()), slug);
        use.used(key.id());
        return caller;
    }

    private Optional<ApiKey> find(KeyHash hash) {
        var current = version.trusted();
        if (current.isEmpty()) {
            return store.find(hash);
        }
        var remembered = known.getIfPresent(hash);
        if (remembered != null && remembered.version() == current.getAsLong()) {
            return Optional.of(remembered.key());
        }
        var found = store.find(hash);
        found.ifPresent(key -> known.put(hash, new Known(key, current.getAsLong())));
        return found;
    }

    private boolean isCurrent(ApiKey key) {
        return key.expiresAt().filter(at -> !clock.instant().isBefore(at)).isEmpty();
    }

    private Project project(String slug) {
        return projects.find(slug).orElseThrow(Authentication::refused);
    }

    /** One answer for all, so that nobody learns which keys or projects exist. */
    private static CallerException refused() {
        return new CallerException(
                ErrorCode.UNAUTHENTICATED, "No key opens this: check the key, and the project if one is named.");
    }
}

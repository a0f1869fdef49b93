package dev.tidemark.core.projects.keys;

import dev.tidemark.core.projects.nodes.NodeRegistry;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Scope;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a caller may do with keys: those of the project it stands in, or, as an administrator without one, admin keys. */
public final class ApiKeys {

    /** {@link Caller#key()} of the secret that lives in the memory of this process only. */
    public static final String LOCAL = "local";

    private static final int MOST = 1_000;

    private final KeyStore store;
    private final NodeRegistry nodes;
    private final AdminKeys admin;
    private final Clock clock;
    private final SecureRandom random;

    public ApiKeys(KeyStore store, NodeRegistry nodes, AdminKeys admin, Clock clock, SecureRandom random) {
        this.store = store;
        this.nodes = nodes;
        this.admin = admin;
        this.clock = clock;
        this.random = random;
    }

    /** A key and its secret, which nobody can read again. */
    public record Created(ApiKey key, String secret) {}

    /** @throws CallerException when the key would grant more than the maker's own, in scope or in time */
    public Created create(Caller maker, KeyRequest request) {
        maker.require(Scope.MASTER);
        request.scopes().forEach(maker::require);
        requireTime(maker, request);
        requireLimit(maker.limits().eventsPerSecond(), request.limits().eventsPerSecond(), "eventsPerSecond");
        requireLimit(maker.limits().eventsPerDay(), request.limits().eventsPerDay(), "eventsPerDay");
        Optional<Project> project = request.isAdmin() ? Optional.empty() : Optional.of(maker.project());
        var made = NewKey.of(request, random);
        var key = store.insert(maker, project, made, MOST)
                .orElseThrow(() -> new CallerException(
                        ErrorCode.QUOTA_EXCEEDED, "There are " + MOST + " keys already: revoke one that is not used."));
        return new Created(key, made.secret().text());
    }

    /** Returns when no node accepts the key any more. */
    public void revoke(Caller caller, long id) {
        caller.require(Scope.MASTER);
        if (admin.isConfigured() && store.find(id).filter(ApiKey::root).isPresent()) {
            caller.require(Scope.ADMIN);
            throw new CallerException(
                    ErrorCode.CONFLICT, "This key is the server's setting TIDEMARK_ADMIN_KEY: change it there.", "id");
        }
        nodes.publishEverywhere(store.revoke(caller, id, projectOf(caller))
                .orElseThrow(() -> new CallerException(ErrorCode.NOT_FOUND, "There is no such key.", "id")));
    }

    public List<ApiKey> all(Caller caller) {
        caller.require(Scope.MASTER);
        return store.all(projectOf(caller));
    }

    /** One of those that {@link #all} has. */
    public Optional<ApiKey> find(Caller caller, long id) {
        caller.require(Scope.MASTER);
        return store.find(id).filter(key -> key.project().equals(projectOf(caller)));
    }

    /** Empty: an administrator stands in none. */
    public static Optional<Project> projectOf(Caller caller) {
        return caller.may(Scope.ADMIN) ? caller.selected() : Optional.of(caller.project());
    }

    private void requireTime(Caller maker, KeyRequest request) {
        var expiresAt = request.expiresAt();
        if (expiresAt.filter(at -> !at.isAfter(clock.instant())).isPresent()) {
            throw refused("This time has passed: a new key expires in the future.");
        }
        var latest = expiryOf(maker);
        if (latest.isPresent()
                && expiresAt.filter(at -> !at.isAfter(latest.get())).isEmpty()) {
            throw refused("Your own key expires at " + latest.get() + ": a key that it makes expires then or before.");
        }
    }

    private static void requireLimit(OptionalLong makers, OptionalLong asked, String argument) {
        if (makers.isPresent() && (asked.isEmpty() || asked.getAsLong() > makers.getAsLong())) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT,
                    "Your own key has a limit of " + makers.getAsLong() + ": a key that it makes has that or less.",
                    argument);
        }
    }

    private Optional<Instant> expiryOf(Caller maker) {
        return maker.key().equals(LOCAL)
                ? Optional.empty()
                : store.find(Long.parseLong(maker.key())).flatMap(ApiKey::expiresAt);
    }

    private static CallerException refused(String sentence) {
        return new CallerException(ErrorCode.BAD_USER_INPUT, sentence, "expiresAt");
    }
}

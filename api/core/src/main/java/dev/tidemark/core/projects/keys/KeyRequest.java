package dev.tidemark.core.projects.keys;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.KeyLimits;
import dev.tidemark.spi.Scope;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A key that someone asks for. One that cannot be, whoever asks, is refused with a {@link CallerException}. */
public record KeyRequest(String name, Set<Scope> scopes, Optional<Instant> expiresAt, KeyLimits limits) {

    private static final int LONGEST_NAME = 100;

    public KeyRequest {
        name = name.strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw refused("A key's name has 1 to " + LONGEST_NAME + " printable characters.", "name");
        }
        if (scopes.isEmpty()) {
            throw refused("A key needs at least one scope: READ, WRITE or MASTER.", "scopes");
        }
        if (scopes.contains(Scope.CUSTOMER)) {
            throw refused(
                    "CUSTOMER is the scope of customers' tokens, and of no key: choose READ, WRITE or MASTER.",
                    "scopes");
        }
        if (scopes.contains(Scope.ADMIN) && scopes.size() > 1) {
            throw refused("ADMIN stands alone: it holds all other scopes, and belongs to no project.", "scopes");
        }
        scopes = Set.copyOf(scopes);
        requirePositive(limits.eventsPerSecond(), "eventsPerSecond");
        requirePositive(limits.eventsPerDay(), "eventsPerDay");
    }

    /** One whose sender may send what it likes. */
    public KeyRequest(String name, Set<Scope> scopes, Optional<Instant> expiresAt) {
        this(name, scopes, expiresAt, KeyLimits.NONE);
    }

    /** One that never expires. */
    public static KeyRequest of(String name, Scope scope) {
        return new KeyRequest(name, EnumSet.of(scope), Optional.empty());
    }

    boolean isAdmin() {
        return scopes.contains(Scope.ADMIN);
    }

    private static void requirePositive(OptionalLong limit, String argument) {
        if (limit.isPresent() && limit.getAsLong() < 1) {
            throw refused("A limit is 1 or more: revoke a key that may send nothing.", argument);
        }
    }

    private static CallerException refused(String sentence, String argument) {
        return new CallerException(ErrorCode.BAD_USER_INPUT, sentence, argument);
    }
}

package dev.tidemark.beacon;

import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Callers;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Scope;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import java.util.Set;

/** The key in an address, which everybody can read. */
final class PageKey {

    static final String PARAMETER = "key";

    private PageKey() {}

    /** @throws CallerException unless it can write to a project, and do nothing else */
    static Caller caller(Callers callers, ServerRequest request) {
        var key = request.query()
                .first(PARAMETER)
                .asOptional()
                .orElseThrow(
                        () -> new CallerException(ErrorCode.UNAUTHENTICATED, "Give the address a write key: ?key=…"));
        var caller = callers.withKey(key, Optional.empty());
        if (!caller.scopes().equals(Set.of(Scope.WRITE))) {
            throw new CallerException(
                    ErrorCode.FORBIDDEN,
                    "Everybody can read this key: use one that has the scope WRITE and no other, and revoke this one.");
        }
        return caller;
    }
}

package dev.tidemark.server.live;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Callers;
import dev.tidemark.spi.ErrorCode;
import io.helidon.http.Headers;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why something that is under way is refused. */
final class Refusal {

    private static final Logger LOG = LoggerFactory.getLogger(Refusal.class);

    private Refusal() {}

    /** Whether a key is no key any more. What else may fail, such as the database, says nothing about it. */
    static Optional<CallerException> of(Callers callers, Headers credentials) {
        try {
            callers.of(credentials);
            return Optional.empty();
        } catch (CallerException e) {
            return Optional.of(e).filter(refusal -> refusal.code() == ErrorCode.UNAUTHENTICATED);
        } catch (RuntimeException | Error e) {
            LOG.debug("A key could not be looked at while its connection is open.", e);
            return Optional.empty();
        }
    }

    /** As an error of GraphQL. */
    static Map<String, Object> error(CallerException e) {
        return Map.of(
                "message", e.sentence(), "extensions", Map.of("code", e.code().name()));
    }
}

package dev.tidemark.mailbox.tokens;

import dev.tidemark.spi.AuditLog;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.Project;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The secrets of all projects, each remembered for a second at most, so that an old one ends in time on every node. */
public final class Secrets {

    private static final Duration REMEMBERED = Duration.ofSeconds(1);

    private final Databases databases;
    private final SecretStore store;
    private final AuditLog audit;
    private final LongSupplier ticker;
    private final Map<Project, Known> known = new ConcurrentHashMap<>();

    private record Known(List<Secret> secrets, long readAt) {}

    /** @param ticker monotonic nanoseconds */
    public Secrets(Databases databases, SecretStore store, AuditLog audit, LongSupplier ticker) {
        this.databases = databases;
        this.store = store;
        this.audit = audit;
        this.ticker = ticker;
    }

    /** The one that signs; made when there is none. */
    Secret newest(Project project) {
        return newest(renewed(project))
                .orElseGet(() -> databases.of(project).transaction(connection -> {
                    store.lock(connection);
                    var found = newest(store.all(connection));
                    return found.isPresent() ? found.get() : store.add(connection);
                }));
    }

    /** The one of that id, while it is good. */
    Optional<Secret> find(Project project, long id) {
        return find(all(project), id).or(() -> find(renewed(project), id));
    }

    /**
     * A new secret signs from now on; what was signed before is good for so long.
     *
     * @return until when
     */
    Instant rotate(Caller caller, Duration grace) {
        var project = caller.project();
        var end = databases.of(project).transaction(connection -> {
            store.lock(connection);
            var ended = store.end(connection, grace);
            audit.note(connection, caller, "rotateCustomerTokens", grace.toString());
            store.add(connection);
            return ended;
        });
        known.remove(project);
        return end;
    }

    private List<Secret> all(Project project) {
        var remembered = known.get(project);
        return remembered != null && ticker.getAsLong() - remembered.readAt() < REMEMBERED.toNanos()
                ? remembered.secrets()
                : renewed(project);
    }

    private List<Secret> renewed(Project project) {
        var now = ticker.getAsLong();
        var secrets = databases.of(project).transaction(store::all);
        known.put(project, new Known(secrets, now));
        return secrets;
    }

    private static Optional<Secret> newest(List<Secret> secrets) {
        return secrets.stream().filter(Secret::isNewest).findFirst();
    }

    private static Optional<Secret> find(List<Secret> secrets, long id) {
        return secrets.stream().filter(secret -> secret.id() == id).findFirst();
    }
}

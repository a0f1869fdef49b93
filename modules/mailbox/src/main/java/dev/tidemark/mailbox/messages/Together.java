package dev.tidemark.mailbox.messages;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Events;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Outcome;
import dev.tidemark.spi.Project;
import java.io.Serial;
import java.util.List;

/** Changes mailboxes and stores the events that tell of it, in one transaction. */
public record Together(Events events) {

    /**
     * Returns when it is committed.
     *
     * @param change whether it may be so
     * @return false: it may not, and nothing was done
     * @throws CallerException {@code CONFLICT} when an event is refused, and nothing was done
     */
    boolean commit(Project project, List<Event> told, Origin origin, Database.Work<Boolean> change) {
        try {
            events.collect(project, told, origin, (transaction, outcomes) -> {
                requireStored(outcomes);
                if (!change.run(transaction)) {
                    throw new RefusedException();
                }
            });
            return true;
        } catch (RefusedException e) {
            return false;
        }
    }

    private static void requireStored(List<Outcome> outcomes) {
        outcomes.forEach(outcome -> {
            if (outcome instanceof Outcome.Refused refused) {
                throw new CallerException(
                        ErrorCode.CONFLICT,
                        "The event of it was refused, and so nothing was done: "
                                + refused.reason().message());
            }
        });
    }

    /** What this transaction wrote must not stay. */
    private static final class RefusedException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1;
    }
}

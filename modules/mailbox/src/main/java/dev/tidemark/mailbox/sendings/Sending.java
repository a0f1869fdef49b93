package dev.tidemark.mailbox.sendings;

import dev.tidemark.mailbox.messages.SendingId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message to all customers who pass a condition.
 *
 * @param choice whom it is for
 * @param total how many there were when it began
 * @param lastCustomer all up to this id had their turn
 * @param skipped how many got none, for want of a property above all
 * @param example the first message
 * @param problem of who was skipped first, or why it failed
 * @param erasures how many customers were erased while it ran
 */
public record Sending(
        SendingId id,
        String template,
        String thread,
        Choice choice,
        boolean dryRun,
        State state,
        Instant startedAt,
        Optional<Instant> endedAt,
        long total,
        String lastCustomer,
        long sent,
        long skipped,
        Optional<String> example,
        Optional<String> problem,
        long erasures) {

    enum State {
        RUNNING,
        DONE,
        STOPPED,
        FAILED
    }

    /**
     * What became of a number of customers.
     *
     * @param lastCustomer all up to this id have had their turn then
     * @param late those of them who had another one, as they were not the same people in time
     * @param skipped who got none
     * @param example the first message
     * @param problem of who was skipped first
     * @param isEnd whether there are no more
     */
    record Step(
            String lastCustomer,
            List<String> late,
            int sent,
            List<String> skipped,
            Optional<Said> example,
            Optional<Said> problem,
            boolean isEnd) {

        /** The same, without what a message says. */
        Step untold() {
            return new Step(lastCustomer, late, sent, skipped, Optional.empty(), problem, isEnd);
        }
    }

    /** Something about one customer, which is forgotten with them. */
    record Said(String customer, String text) {}
}

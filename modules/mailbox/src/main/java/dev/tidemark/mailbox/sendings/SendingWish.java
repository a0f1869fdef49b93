package dev.tidemark.mailbox.sendings;

import java.util.Optional;

/**
 * What someone wants to send to many.
 *
 * @param choice whom it is for
 * @param key the sender's own id: of wishes with the same one, one is done
 * @param dryRun whether nothing is sent, and only counted
 */
record SendingWish(String template, String thread, Choice choice, Optional<String> key, boolean dryRun) {

    boolean isFor(Sending sending) {
        return template.equals(sending.template())
                && thread.equals(sending.thread())
                && choice.equals(sending.choice())
                && dryRun == sending.dryRun();
    }
}

package dev.tidemark.mailbox.presence;

import dev.tidemark.mailbox.people.Side;
import java.util.Optional;

/**
 * What one side does in a mailbox at the moment.
 *
 * @param isHere whether it follows the mailbox
 * @param typingIn the name of the thread
 */
public record Presence(Side side, boolean isHere, Optional<String> typingIn) {}

package dev.tidemark.mailbox;

import java.util.Optional;

/**
 * What one side does in a mailbox at the moment.
 *
 * @param isHere whether it follows the mailbox
 * @param typingIn the name of the thread
 */
record Presence(Side side, boolean isHere, Optional<String> typingIn) {}

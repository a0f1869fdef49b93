package dev.tidemark.mailbox;

import java.util.Optional;

/**
 * What someone wants to send.
 *
 * @param key the sender's own id: of letters with the same one, one is sent
 */
record Letter(Correspondent sender, String thread, String text, Optional<String> key) {}

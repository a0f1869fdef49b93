package dev.tidemark.mailbox.sendings;

import java.util.Optional;

/**
 * Whom a sending is for, as it is kept.
 *
 * @param condition on what they are; empty: whatever
 * @param behaviours what they did; empty: whatever
 */
record Choice(Optional<String> condition, Optional<String> behaviours) {}

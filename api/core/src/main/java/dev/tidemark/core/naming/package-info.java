/** Names for people and clients: what somebody may have meant, and ids that say whose they are. */
@NullMarked
package dev.tidemark.core.naming;

import org.jspecify.annotations.NullMarked;

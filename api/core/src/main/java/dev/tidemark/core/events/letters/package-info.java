/**
 * Dead letters after they were kept: found, discarded, or patched and sent again. {@link
 * dev.tidemark.core.events.letters.Rereading} makes an event of a letter as the sender's own route would, then it takes the
 * same way as any other. A letter goes in the transaction that stores its event.
 */
@NullMarked
package dev.tidemark.core.events.letters;

import org.jspecify.annotations.NullMarked;

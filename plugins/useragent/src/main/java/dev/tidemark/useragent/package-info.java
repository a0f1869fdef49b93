/** Tells browser, system and device from what a client says of itself. */
@NullMarked
package dev.tidemark.useragent;

import org.jspecify.annotations.NullMarked;

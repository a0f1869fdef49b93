/** Tells where the visitors of a page come from. */
@NullMarked
package dev.tidemark.referrer;

import org.jspecify.annotations.NullMarked;

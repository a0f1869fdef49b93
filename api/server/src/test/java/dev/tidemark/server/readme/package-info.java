/** Does what README.md says, from top to bottom, as its reader would. */
@NullMarked
package dev.tidemark.server.readme;

import org.jspecify.annotations.NullMarked;

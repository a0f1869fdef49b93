/**
 * What this node knows of all projects' catalogues. Other nodes' changes are learnt by a hint, and by asking for the versions each
 * second. Whoever copies rows in binary by a snapshot must therefore ask {@link dev.tidemark.core.catalog.known.Catalogs#isCurrent}
 * after the copy and before the commit.
 */
@NullMarked
package dev.tidemark.core.catalog.known;

import org.jspecify.annotations.NullMarked;

/** Tables of modules whose columns are described in the catalogue and grow as those of collections do. */
@NullMarked
package dev.tidemark.core.catalog.tables;

import org.jspecify.annotations.NullMarked;

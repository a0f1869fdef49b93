/** The stretches of time that partitions cover, and the times that events may have. */
@NullMarked
package dev.tidemark.core.catalog.partitions;

import org.jspecify.annotations.NullMarked;

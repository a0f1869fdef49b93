/** Documents before they run: bounded before they are parsed, remembered, and their cost told before they are executed. */
@NullMarked
package dev.tidemark.core.schema.documents;

import org.jspecify.annotations.NullMarked;

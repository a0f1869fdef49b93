/** What every module's tests inherit. */
@NullMarked
package dev.tidemark.testkit;

import org.jspecify.annotations.NullMarked;

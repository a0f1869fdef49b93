/** Measures the server against the limits of the machine it runs on. */
@NullMarked
package dev.tidemark.benchmarks;

import org.jspecify.annotations.NullMarked;

/** Tells where an address is, by a database of MaxMind that the operator brings. */
@NullMarked
package dev.tidemark.geoip;

import org.jspecify.annotations.NullMarked;

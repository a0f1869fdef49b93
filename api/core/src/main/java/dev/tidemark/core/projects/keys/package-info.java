/**
 * Keys, and what was done with them. A key is shown once and stored as its SHA-256. A slow hash, as passwords need, would add nothing:
 * a key is made of 238 random bits, which nobody guesses, however fast the guesses are checked.
 */
@NullMarked
package dev.tidemark.core.projects.keys;

import org.jspecify.annotations.NullMarked;

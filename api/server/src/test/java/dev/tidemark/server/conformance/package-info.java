/**
 * Cases that everybody who builds such a server shares, run against ours over HTTP. Their names of fields are examples: an adapter
 * says the same in our names.
 */
@NullMarked
package dev.tidemark.server.conformance;

import org.jspecify.annotations.NullMarked;

/**
 * The command line. {@code serve} runs a server in this process, {@code backup} and {@code restore} work on a data directory,
 * and all else asks a running server over HTTP, as any other client does. What goes wrong is one sentence on the standard error
 * output, and exit code 1.
 */
@NullMarked
package dev.tidemark.server.cli;

import org.jspecify.annotations.NullMarked;

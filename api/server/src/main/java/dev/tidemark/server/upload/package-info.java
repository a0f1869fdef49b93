/**
 * Sends files to a running server, over HTTP as any client may do it. The id of an import follows from the file, so that the
 * same command, typed again, goes on where it was interrupted; a lost connection or a server that restarts only makes it wait.
 */
@NullMarked
package dev.tidemark.server.upload;

import org.jspecify.annotations.NullMarked;

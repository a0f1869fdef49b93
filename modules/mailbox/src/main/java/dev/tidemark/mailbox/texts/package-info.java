/**
 * A project may keep no texts ({@link dev.tidemark.mailbox.texts.TextStore}). As whoever follows a mailbox reads it from the database,
 * on whichever node, such texts stand for a minute in an unlogged table, and all else is as ever.
 */
@NullMarked
package dev.tidemark.mailbox.texts;

import org.jspecify.annotations.NullMarked;

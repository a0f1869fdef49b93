/**
 * Files of events, opened as what they are ({@link dev.tidemark.imports.files.FileOpener}). Both formats hand their rows on, one after
 * the other, to whoever takes them ({@link dev.tidemark.imports.files.RowSink}).
 */
@NullMarked
package dev.tidemark.imports.files;

import org.jspecify.annotations.NullMarked;

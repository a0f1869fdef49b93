/**
 * Events and answers as files: {@code /export}.
 *
 * <p>Rows are read from one snapshot over a cursor and written as they come, so memory holds few of them, however many there
 * are. Nothing is sent before the first of them is there: what is wrong with the question is an answer with its status. What
 * goes wrong later cuts the connection before the end of the chunked body, which every HTTP client reports.
 */
@NullMarked
package dev.tidemark.exports;

import org.jspecify.annotations.NullMarked;

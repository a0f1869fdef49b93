/**
 * Events from files of any size: CSV and NDJSON, in any encoding, plain or compressed.
 *
 * <p>What is asked for is read by {@code requests}. A file is read as it arrives: its {@code bytes} become text in UTF-8, the rows of
 * {@code csv} and the objects of NDJSON become events ({@code files}) and their texts {@code values}. Rows go to {@code uploads}, which
 * store them, or to a {@code rehearsal}, which tells what would become of them.
 */
@NullMarked
package dev.tidemark.imports;

import org.jspecify.annotations.NullMarked;

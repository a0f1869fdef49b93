/**
 * The parts of which statements are made: columns, conditions, keys to group by, aggregates, the order of rows; and values
 * on their way to PostgreSQL and back.
 *
 * <p>A {@link dev.tidemark.spi.Question} names columns and gives values; both come from outside. {@link
 * dev.tidemark.spi.SqlFragment} is therefore the only way to SQL: its text is a constant of this program, a name
 * is quoted, a value is a parameter, and there is no fourth way to make one. Columns are looked up in the relation first, so a
 * statement names only what the relation has.
 *
 * <p>Time. Days and longer, and stretches of several hours, are grouped by the clock of the zone: a day on which the clock
 * is set back lasts 25 hours. Hours and shorter are grouped by the clock as well, but a bucket ends where the clock is
 * set, so that an hour that the clock shows twice is two buckets. PostgreSQL groups by a cheap key, and
 * {@link dev.tidemark.core.questions.sql.Buckets} turns the few keys found into the instants at which the buckets start.
 *
 * <p>Text is compared and ordered by its code points ({@code collate "C"}): the same on every database, and faster.
 */
@NullMarked
package dev.tidemark.core.questions.sql;

import org.jspecify.annotations.NullMarked;

/**
 * Retention: who came back, and when.
 *
 * <p>Events are read once, in the order of person, unit of the calendar, time and id. Of each person's unit three things are
 * kept: whether the first action happened, whether the returning one did, and whether it did after the first action in the
 * same unit. Only within the cohort's own unit does the order of events matter; what happens in a later unit is later. So
 * what follows works on units, and a person who came back a thousand times in a day costs as much as one who did once.
 *
 * <p>The name is that of the analysis; how long data is kept is another matter.
 */
@NullMarked
package dev.tidemark.retention;

import org.jspecify.annotations.NullMarked;

/**
 * Retention: who came back, and when.
 *
 * <p>First the event is found that makes each person belong to a cohort: the earliest of the first actions, by (time, id), of
 * all or of each unit of the calendar. Returning actions are joined with it by the person, and of a unit they count once. From
 * there on the id of the first event stands for the person and the cohort, since it is shorter than a name. As each of them meets one such event, a person with a million events costs no more than a million persons with one; only where
 * a person can belong to many cohorts are returning actions first gathered by unit, so that cohorts meet units and not events.
 * Only within the cohort's own unit does the order of events matter; what happens in a later unit is later.
 *
 * <p>The name is that of the analysis; how long data is kept is another matter.
 */
@NullMarked
package dev.tidemark.retention;

import org.jspecify.annotations.NullMarked;

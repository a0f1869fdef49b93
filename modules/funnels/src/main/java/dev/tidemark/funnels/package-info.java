/**
 * Funnels: how many people went through steps in their order, and where the others stopped.
 *
 * <p>A match is a sequence of events of one person, one event a step, in the order of (time, id), all within the window after
 * the first. Matches are found in one pass over the person's events in that order, with one window function a step: {@code c},
 * the start of the match of {@code j} steps that ends at an event, is the latest start of a match of {@code j - 1} steps that
 * ended before. The latest is the best, since the window counts from the start: whatever another start could still reach, it
 * can reach too. So no event is joined with another, and a person with a million events costs no more than a million persons
 * with one.
 *
 * <p>These starts never decrease from event to event, which gives the rest for nothing. The event that ended a match last
 * before another is the one with the latest start. So what must not happen between two steps is found by comparing two
 * numbers: the place of that event, and the place of the last one that must not be there. Strict order is the same with every
 * event of a step's collection as one that must not be there.
 *
 * <p>After each step the events that can change nothing any more are left out: those beyond the window of the latest start,
 * and those of steps already passed. What remains of a person at the end is one row for each step, where it was first reached.
 */
@NullMarked
package dev.tidemark.funnels;

import org.jspecify.annotations.NullMarked;

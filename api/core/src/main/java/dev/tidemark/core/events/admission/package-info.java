/**
 * What was sent, until it is an event that may be stored or a dead letter. {@link dev.tidemark.core.events.admission.Admission}
 * decides on the thread of the request, by the modules' mappers and validators and by what holds for all events; it knows
 * no tables.
 */
@NullMarked
package dev.tidemark.core.events.admission;

import org.jspecify.annotations.NullMarked;

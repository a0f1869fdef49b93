package dev.tidemark.core.events.admission;

import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Submission;

/**
 * What was refused before and is sent again.
 *
 * @param origin of the first time
 */
public record Resubmission(Submission submission, Origin origin) {}

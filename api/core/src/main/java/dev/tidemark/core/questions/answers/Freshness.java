package dev.tidemark.core.questions.answers;

import dev.tidemark.spi.Answer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How true an answer is, as the schema has it. */
public record Freshness(
        Instant asOf,
        Answer.Source servedFrom,
        boolean isExact,
        @Nullable Double errorBound) {

    static Freshness of(Answer.Freshness freshness) {
        return new Freshness(
                freshness.asOf(),
                freshness.servedFrom(),
                freshness.isExact(),
                freshness.errorBound().orElse(null));
    }
}

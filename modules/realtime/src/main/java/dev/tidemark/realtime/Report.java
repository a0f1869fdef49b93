package dev.tidemark.realtime;

import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Grouping;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report, as the schema has it.
 *
 * @param question collection, measures, dimensions and where, as they were given
 */
record Report(String name, Arguments question, Duration window, Duration slide, Instant createdAt) {

    static final String COLLECTION = "collection";
    static final String MEASURES = "measures";
    static final String DIMENSIONS = "dimensions";
    static final String WHERE = "where";

    public String collection() {
        return question.required(COLLECTION);
    }

    public List<?> measures() {
        return (List<?>) question.value(MEASURES).orElseThrow();
    }

    public List<?> dimensions() {
        return (List<?>) question.value(DIMENSIONS).orElseThrow();
    }

    public @Nullable Object where() {
        return question.value(WHERE).orElse(null);
    }

    /** The unit in which a slide is a whole number of them. */
    Grouping.TimeUnit unit() {
        if (slide.toSecondsPart() != 0) {
            return Grouping.TimeUnit.SECOND;
        }
        return slide.toMinutesPart() != 0 ? Grouping.TimeUnit.MINUTE : Grouping.TimeUnit.HOUR;
    }

    /** The last window that is over at a moment. */
    Window windowBefore(Instant moment) {
        var end = moment.getEpochSecond() / slide.toSeconds() * slide.toSeconds();
        return new Window(Instant.ofEpochSecond(end).minus(window), Instant.ofEpochSecond(end));
    }

    record Window(Instant from, Instant to) {}
}

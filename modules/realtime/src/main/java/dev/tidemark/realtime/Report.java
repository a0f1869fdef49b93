package dev.tidemark.realtime;

import dev.tidemark.spi.Grouping;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A report, as the schema has it.
 *
 * @param question collection, measures, dimensions and where, as they were given
 */
record Report(String name, Map<String, @Nullable Object> question, Duration window, Duration slide, Instant createdAt) {

    static final String COLLECTION = "collection";
    static final String MEASURES = "measures";
    static final String DIMENSIONS = "dimensions";
    static final String WHERE = "where";

    // in full: a short constructor's parameters lose their annotations on the way into the class file
    Report(String name, Map<String, @Nullable Object> question, Duration window, Duration slide, Instant createdAt) {
        this.name = name;
        this.question = Collections.unmodifiableMap(new LinkedHashMap<>(question));
        this.window = window;
        this.slide = slide;
        this.createdAt = createdAt;
    }

    public Object collection() {
        return given(COLLECTION);
    }

    public List<?> measures() {
        return (List<?>) given(MEASURES);
    }

    public List<?> dimensions() {
        return (List<?>) given(DIMENSIONS);
    }

    public @Nullable Object where() {
        return question.get(WHERE);
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

    private Object given(String name) {
        var value = question.get(name);
        if (value == null) {
            throw new IllegalStateException("A report has " + name + ".");
        }
        return value;
    }
}

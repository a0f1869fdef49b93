package dev.tidemark.realtime;

import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads GraphQL's {@code CreateRealtimeReportInput}. Errors have the path from it. */
record ReportInput(Arguments input) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,47}");
    private static final int MOST_MEASURES = 10;
    private static final int MOST_DIMENSIONS = 5;
    private static final int MOST_SLIDES = 120;
    private static final Duration LONGEST_SLIDE = Duration.ofHours(1);

    Report report(Instant now) {
        var name = input.required("name");
        require(
                NAME.matcher(name).matches(),
                "A report's name has 1 to 48 lower-case letters, digits and underscores, and begins with a letter.",
                "name");
        var measures = input.objects(Report.MEASURES, MOST_MEASURES);
        require(!measures.isEmpty(), "Name at least one measure, such as {measure: COUNT}.", Report.MEASURES);
        require(
                input.texts(Report.DIMENSIONS).size() <= MOST_DIMENSIONS,
                "A report has at most " + MOST_DIMENSIONS + " dimensions.",
                Report.DIMENSIONS);
        var slide = (Duration) input.value("slide").orElseThrow();
        require(
                isPart(slide),
                "A slide is a part of a minute in whole seconds, a part of an hour in whole minutes, or an hour: for"
                        + " example PT5S, PT30S or PT1M.",
                "slide");
        var window = (Duration) input.value("window").orElseThrow();
        require(
                window.isPositive()
                        && window.compareTo(slide.multipliedBy(MOST_SLIDES)) <= 0
                        && slide.multipliedBy(window.dividedBy(slide)).equals(window),
                "A window is 1 to " + MOST_SLIDES + " whole slides.",
                "window");
        var question = new LinkedHashMap<String, @Nullable Object>();
        for (var part : List.of(Report.COLLECTION, Report.MEASURES, Report.DIMENSIONS, Report.WHERE)) {
            question.put(part, input.value(part).orElse(null));
        }
        return new Report(name, new Arguments(question), window, slide, now);
    }

    private static boolean isPart(Duration slide) {
        return slide.isPositive()
                && slide.compareTo(LONGEST_SLIDE) <= 0
                && slide.equals(Duration.ofSeconds(slide.toSeconds()))
                && (slide.compareTo(Duration.ofMinutes(1)) < 0
                        ? 60 % slide.toSeconds() == 0
                        : slide.toSecondsPart() == 0 && 60 % slide.toMinutes() == 0);
    }

    private static void require(boolean condition, String message, String path) {
        if (!condition) {
            throw new CallerException(ErrorCode.BAD_USER_INPUT, message, path);
        }
    }
}

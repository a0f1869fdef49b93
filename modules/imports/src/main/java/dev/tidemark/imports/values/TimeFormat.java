package dev.tidemark.imports.values;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a file writes when its events happened. */
public sealed interface TimeFormat {

    TimeFormat ISO = new Iso();

    /** The moment that messages show, each in its form. */
    ZonedDateTime EXAMPLE = ZonedDateTime.parse("2026-01-31T12:34:56Z");

    /** @return null: it is no time of this form */
    @Nullable
    Instant instant(String text, ZoneId zone);

    /** What is to be said of a text that is no time of this form: what would be one. */
    String remedy(String text);

    /**
     * @param name {@code iso}, {@code seconds}, {@code millis} or {@code micros} since 1970, or else a pattern of
     *     {@link DateTimeFormatter}, in English
     * @return empty: it is no pattern, or one that has no day
     */
    static Optional<TimeFormat> of(String name) {
        return switch (name) {
            case "iso" -> Optional.of(ISO);
            case "seconds" -> Optional.of(new Since1970(0));
            case "millis" -> Optional.of(new Since1970(3));
            case "micros" -> Optional.of(new Since1970(6));
            default -> Pattern.of(name).map(TimeFormat.class::cast);
        };
    }

    /** As ISO 8601 and databases write it. */
    record Iso() implements TimeFormat {

        private static final int DIGITS_OF_SECONDS = 10;

        @Override
        public @Nullable Instant instant(String text, ZoneId zone) {
            var date = IsoTime.date(text);
            return date != null ? date.atStartOfDay(zone).toInstant() : IsoTime.instant(text, zone);
        }

        @Override
        public String remedy(String text) {
            return "none such as " + EXAMPLE + ": say by timeFormat (--time-format) how times are written, such as \""
                    + guess(text) + "\"";
        }

        private static String guess(String text) {
            return FrequentForm.of(text).orElseGet(() -> otherwise(text));
        }

        private static String otherwise(String text) {
            var number = text.isEmpty() ? null : NumberText.decimal(text);
            if (number == null) {
                return "dd.MM.yyyy HH:mm";
            }
            return number.precision() - number.scale() <= DIGITS_OF_SECONDS ? "seconds" : "millis";
        }
    }

    /** @param decimals of a second that stand before the point: none of seconds, three of milliseconds */
    record Since1970(int decimals) implements TimeFormat {

        private static final BigDecimal FARTHEST = BigDecimal.valueOf(-Instant.MIN.getEpochSecond());
        private static final int NANO_DIGITS = 9;

        @Override
        public @Nullable Instant instant(String text, ZoneId zone) {
            var number = text.isEmpty() ? null : NumberText.decimal(text);
            return number == null ? null : after(number.movePointLeft(decimals));
        }

        private static @Nullable Instant after(BigDecimal seconds) {
            var whole = seconds.setScale(0, RoundingMode.FLOOR);
            return whole.abs().compareTo(FARTHEST) > 0
                    ? null
                    : Instant.ofEpochSecond(
                            whole.longValueExact(),
                            seconds.subtract(whole).movePointRight(NANO_DIGITS).longValue());
        }

        @Override
        public String remedy(String text) {
            return "none such as " + EXAMPLE.toEpochSecond() + "0".repeat(decimals);
        }
    }

    /** @param example a time as the pattern writes it */
    record Pattern(DateTimeFormatter formatter, String example) implements TimeFormat {

        static Optional<Pattern> of(String pattern) {
            try {
                var formatter = new DateTimeFormatterBuilder()
                        .parseCaseInsensitive()
                        .appendPattern(pattern)
                        .parseDefaulting(ChronoField.ERA, 1)
                        .toFormatter(Locale.ENGLISH)
                        .withResolverStyle(ResolverStyle.STRICT);
                var found = new Pattern(formatter, formatter.format(EXAMPLE));
                return Optional.of(found).filter(format -> format.instant(found.example, EXAMPLE.getZone()) != null);
            } catch (IllegalArgumentException | DateTimeException e) {
                return Optional.empty();
            }
        }

        @Override
        public @Nullable Instant instant(String text, ZoneId zone) {
            try {
                return switch (formatter.parseBest(text, Instant::from, LocalDateTime::from, LocalDate::from)) {
                    case Instant instant -> instant;
                    case LocalDateTime time -> time.atZone(zone).toInstant();
                    case LocalDate day -> day.atStartOfDay(zone).toInstant();
                    default -> null;
                };
            } catch (DateTimeException e) {
                return null;
            }
        }

        /** Whether a text is written so, maybe with a 13th month: many times quicker than to hear of it by an exception. */
        boolean isLike(String text) {
            var position = new ParsePosition(0);
            return formatter.parseUnresolved(text, position) != null && position.getIndex() == text.length();
        }

        @Override
        public String remedy(String text) {
            return "none such as " + example;
        }
    }
}

package dev.tidemark.core.catalog.types;

import dev.tidemark.core.json.JsonText;
import dev.tidemark.core.json.JsonWriter;
import dev.tidemark.spi.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns a stored value into one of another type: without loss, or not at all. Beyond what {@link Types#fit} takes, numbers
 * and truths become text and come back from it, a date is the midnight of UTC with which it begins, and a value is a list of
 * one.
 */
public final class Conversion {

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,400})(\\.\\d{1,400})?([eE][+-]?\\d{1,3})?");
    private static final Duration DAY = Duration.ofDays(1);

    private Conversion() {}

    /** A column's value, as PostgreSQL's {@code to_jsonb} writes it, with times as such. */
    public static @Nullable Object stored(ColumnType type, String json) {
        return stored(type, JsonText.read(json));
    }

    /** The same of JSON that was read. */
    public static @Nullable Object stored(ColumnType type, @Nullable Object value) {
        return switch (type) {
            case TIMESTAMP -> value instanceof String text ? IsoText.instant(text) : value;
            case DATE -> value instanceof String text ? IsoText.date(text) : value;
            // written out to the last digit, it may look like an integer that no double holds
            case DOUBLE -> value instanceof Number number ? number.doubleValue() : value;
            default -> value;
        };
    }

    public static Optional<Object> convert(Object value, ColumnType to) {
        if (Types.fit(to, value) instanceof Fit.Fits(var fitting)) {
            return Optional.of(fitting);
        }
        return switch (to) {
            case TEXT -> text(value);
            case BOOLEAN, LONG, DOUBLE, NUMERIC -> value instanceof String text ? scalar(text, to) : Optional.empty();
            case TIMESTAMP -> instant(value);
            case DATE -> date(value);
            case JSON -> Optional.empty();
            default -> value instanceof List ? Optional.empty() : fitting(to, List.of(value));
        };
    }

    /** A value of that type as text, of which {@code TypeChangeStore} makes one again. */
    public static String written(ColumnType type, Object value) {
        return type == ColumnType.JSON || type.isList() ? JsonWriter.write(value) : value.toString();
    }

    private static Optional<Object> text(Object value) {
        return switch (value) {
            case Boolean truth -> Optional.of(truth.toString());
            case BigDecimal number -> Optional.of(number.toPlainString());
            case Long number -> Optional.of(number.toString());
            case BigInteger number -> Optional.of(number.toString());
            case Double number -> Optional.of(JsonWriter.write(number));
            default -> Optional.empty();
        };
    }

    private static Optional<Object> scalar(String text, ColumnType to) {
        var isScalar = text.equals("true")
                || text.equals("false")
                || NUMBER.matcher(text).matches();
        return isScalar
                ? Optional.ofNullable(JsonText.read(text)).flatMap(value -> fitting(to, value))
                : Optional.empty();
    }

    private static Optional<Object> instant(Object value) {
        var date = value instanceof String text ? IsoText.date(text) : value;
        return date instanceof LocalDate day
                ? Optional.of(day.atStartOfDay(ZoneOffset.UTC).toInstant())
                : Optional.empty();
    }

    private static Optional<Object> date(Object value) {
        var time = value instanceof String text ? IsoText.instant(text) : value;
        return time instanceof Instant instant && instant.equals(instant.truncatedTo(ChronoUnit.DAYS))
                ? Optional.of(LocalDate.ofEpochDay(Math.floorDiv(instant.getEpochSecond(), DAY.toSeconds())))
                : Optional.empty();
    }

    private static Optional<Object> fitting(ColumnType to, Object value) {
        return Types.fit(to, value) instanceof Fit.Fits(var fitting) ? Optional.of(fitting) : Optional.empty();
    }
}

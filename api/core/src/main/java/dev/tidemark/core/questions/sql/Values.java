package dev.tidemark.core.questions.sql;

import dev.tidemark.core.catalog.types.IsoText;
import dev.tidemark.core.json.JsonNumbers;
import dev.tidemark.core.json.JsonWriter;
import dev.tidemark.core.json.StorableText;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.SqlColumn;
import dev.tidemark.spi.SqlFragment.Parameter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Makes parameters of the values of a question, which come as GraphQL, a cursor or a module gives them. */
public final class Values {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private Values() {}

    /**
     * The value in the column's type; a fraction that is compared with whole numbers stays a fraction.
     *
     * @throws CallerException naming the property and its type
     */
    public static Parameter of(SqlColumn column, Object value, String... path) {
        return converted(column.type(), value).orElseThrow(() -> misfit(column, value, path));
    }

    /** The value as an element of a list column, or of what a column is compared with. */
    public static Parameter elementOf(SqlColumn column, Object value, String... path) {
        return converted(column.type().element(), value).orElseThrow(() -> misfit(column, value, path));
    }

    private static Optional<Parameter> converted(ColumnType type, Object value) {
        return switch (type) {
            case BOOLEAN -> value instanceof Boolean ? parameter(type, value) : Optional.empty();
            case LONG -> number(value).map(Values::wholeOrFraction);
            case DOUBLE ->
                number(value)
                        .map(BigDecimal::doubleValue)
                        .filter(Double::isFinite)
                        .map(number -> new Parameter(type, number));
            case NUMERIC -> number(value).map(number -> new Parameter(type, number));
            case TEXT ->
                value instanceof String text && StorableText.isStorable(text)
                        ? parameter(type, text)
                        : Optional.empty();
            case TIMESTAMP -> instant(value).map(instant -> new Parameter(type, instant));
            case DATE -> date(value).map(date -> new Parameter(type, date));
            case JSON ->
                Optional.of(JsonWriter.write(value))
                        .filter(text -> !text.contains("\\u0000"))
                        .map(text -> new Parameter(type, text));
            case BOOLEAN_LIST, LONG_LIST, DOUBLE_LIST, NUMERIC_LIST, TEXT_LIST, TIMESTAMP_LIST, DATE_LIST ->
                Optional.empty();
        };
    }

    private static Optional<Parameter> parameter(ColumnType type, Object value) {
        return Optional.of(new Parameter(type, value));
    }

    /** Large whole numbers travel as strings, so strings are read as numbers. */
    public static Optional<BigDecimal> number(Object value) {
        if (!(value instanceof Number || value instanceof String)) {
            return Optional.empty();
        }
        return JsonNumbers.exact(value.toString());
    }

    private static Parameter wholeOrFraction(BigDecimal number) {
        try {
            return new Parameter(ColumnType.LONG, number.longValueExact());
        } catch (ArithmeticException e) {
            return new Parameter(ColumnType.NUMERIC, number);
        }
    }

    private static Optional<Instant> instant(Object value) {
        return switch (value) {
            case Instant instant -> Optional.of(instant).filter(Values::isNear);
            case OffsetDateTime time -> Optional.of(time.toInstant()).filter(Values::isNear);
            case String text -> parsedInstant(text).filter(Values::isNear);
            default -> Optional.empty();
        };
    }

    private static Optional<Instant> parsedInstant(String text) {
        var instant = IsoText.instant(text);
        return instant == null ? Optional.ofNullable(IsoText.date(text)).map(Values::midnight) : Optional.of(instant);
    }

    private static Instant midnight(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static Optional<LocalDate> date(Object value) {
        var date = value instanceof String text ? IsoText.date(text) : value;
        return Optional.ofNullable(date)
                .filter(LocalDate.class::isInstance)
                .map(LocalDate.class::cast)
                .filter(day -> isNear(midnight(day)));
    }

    /** Within the years that PostgreSQL and ISO 8601 write alike. */
    private static boolean isNear(Instant instant) {
        return !instant.isBefore(EARLIEST) && instant.isBefore(END);
    }

    private static CallerException misfit(SqlColumn column, Object value, String... path) {
        var shown = Shown.of(value instanceof String text ? '"' + text + '"' : String.valueOf(value));
        return new CallerException(
                ErrorCode.BAD_USER_INPUT,
                "Property \"%s\" has type %s and cannot be compared with %s: give %s."
                        .formatted(
                                column.column().label(),
                                column.type(),
                                shown,
                                example(column.type().element())),
                path);
    }

    private static String example(ColumnType type) {
        return switch (type) {
            case BOOLEAN -> "true or false";
            case LONG, DOUBLE, NUMERIC -> "a number";
            case TEXT -> "a string without control character 0";
            case TIMESTAMP -> "an instant such as \"2021-03-14T05:00:00Z\"";
            case DATE -> "a day such as \"2021-03-14\"";
            default -> "JSON that can be stored";
        };
    }
}

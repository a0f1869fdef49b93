package dev.tidemark.imports.values;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.JsonReader;
import dev.tidemark.spi.JsonReader.Item;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns the texts of a file into values.
 *
 * @param zone whose clock shows the times that name no zone
 * @param times how these write when events happened
 * @param numbers how numbers are written, outside of JSON
 * @param json reads lists and objects
 */
public record ValueReader(ZoneId zone, TimeFormat times, NumberForm numbers, JsonReader json) {

    private static final String VALUE = "value";

    /** The value as its column has it; what does not fit the column, as what it looks like. */
    public Object read(String text, Optional<ColumnType> column) {
        var value = column.isPresent() ? as(column.get(), text) : null;
        return value != null ? value : natural(text);
    }

    /** The value of JSON as its column has it: text may stand for a number that JSON cannot hold exactly. */
    public Object read(Object value, ColumnType column) {
        return switch (value) {
            case String text when !text.isEmpty() -> said(text, column);
            case List<?> list when column.isList() -> elements(list, column.element());
            case BigDecimal number when column == ColumnType.TEXT -> number.toPlainString();
            case Number number when column == ColumnType.TEXT -> number.toString();
            case Boolean truth when column == ColumnType.TEXT -> truth.toString();
            default -> value;
        };
    }

    /** A text of JSON that neither fits the column nor is a number stays a text: JSON can say what else it could be. */
    private Object said(String text, ColumnType column) {
        var fitting = as(column, text);
        return fitting != null ? fitting : natural(text) instanceof Number number ? number : text;
    }

    private List<@Nullable Object> elements(List<?> list, ColumnType type) {
        List<@Nullable Object> elements = new ArrayList<>(list.size());
        list.forEach(element -> elements.add(element == null ? null : read(element, type)));
        return elements;
    }

    /** What it looks like. */
    public ColumnType type(String text) {
        return switch (natural(text)) {
            case Boolean ignored -> ColumnType.BOOLEAN;
            case Long ignored -> ColumnType.LONG;
            case Number ignored -> ColumnType.DOUBLE;
            case LocalDate ignored -> ColumnType.DATE;
            case Instant ignored -> ColumnType.TIMESTAMP;
            case String list when parsed(list) != null -> ColumnType.JSON;
            default -> ColumnType.TEXT;
        };
    }

    /** When an event happened. Null: it is no time of the form that these have. */
    @Nullable
    public Instant instant(String text) {
        return times.instant(text, zone);
    }

    private @Nullable Object as(ColumnType type, String text) {
        return switch (type) {
            case TEXT -> text;
            case LONG -> number(text, NumberText::integer);
            case DOUBLE -> number(text, NumberText::floating);
            case NUMERIC -> number(text, NumberText::exact);
            case BOOLEAN -> bool(text);
            case DATE -> IsoTime.date(text);
            case TIMESTAMP -> IsoTime.instant(text, zone);
            case JSON -> text.charAt(0) == '"' ? json(text) : parsed(text);
            case BOOLEAN_LIST, LONG_LIST, DOUBLE_LIST, NUMERIC_LIST, TEXT_LIST, TIMESTAMP_LIST, DATE_LIST ->
                parsed(text) instanceof List<?> list ? read(list, type) : null;
        };
    }

    private Object natural(String text) {
        var first = text.charAt(0);
        if (first != '-' && (first < '0' || first > '9')) {
            var truth = bool(text);
            return truth != null ? truth : text;
        }
        var integer = number(text, NumberText::integer);
        if (integer != null) {
            return integer;
        }
        var number = number(text, NumberText::floating);
        if (number != null) {
            return number;
        }
        var date = IsoTime.date(text);
        if (date != null) {
            return date;
        }
        var instant = IsoTime.instant(text, zone);
        return instant != null ? instant : inexact(text);
    }

    private Object inexact(String text) {
        var decimal = number(text, plain -> plain.indexOf('.') > 0 ? NumberText.decimal(plain) : null);
        return decimal != null ? decimal : text;
    }

    private <N extends Number> @Nullable N number(String text, Function<String, @Nullable N> reader) {
        var plain = numbers.plain(text);
        return plain == null ? null : reader.apply(plain);
    }

    /** The list or the object that the text is. Null: it is none. */
    private @Nullable Object parsed(String text) {
        return text.charAt(0) == '[' || text.charAt(0) == '{' ? json(text) : null;
    }

    private @Nullable Object json(String text) {
        var wrapped = "{\"" + VALUE + "\":" + text + "}";
        List<Item> items = new ArrayList<>();
        try {
            json.items(new ByteArrayInputStream(wrapped.getBytes(StandardCharsets.UTF_8)), items::add);
        } catch (CallerException e) {
            return null;
        }
        return items.getFirst() instanceof Item.Read read && read.value().size() == 1
                ? read.value().get(VALUE)
                : null;
    }

    private static @Nullable Boolean bool(String text) {
        return switch (text.length()) {
            case 4 -> text.equalsIgnoreCase("true") ? Boolean.TRUE : null;
            case 5 -> text.equalsIgnoreCase("false") ? Boolean.FALSE : null;
            default -> null;
        };
    }
}

package dev.tidemark.imports;

import dev.tidemark.spi.ColumnType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the texts of a file into values.
 *
 * @param zone whose clock shows the times that name no zone
 */
record ValueReader(ZoneId zone) {

    /** The value as its column has it; what does not fit the column, as what it looks like. */
    Object read(String text, Optional<ColumnType> column) {
        var value = column.isPresent() ? as(column.get(), text) : null;
        return value != null ? value : natural(text);
    }

    /** What it looks like. */
    ColumnType type(String text) {
        return switch (natural(text)) {
            case Boolean ignored -> ColumnType.BOOLEAN;
            case Long ignored -> ColumnType.LONG;
            case Number ignored -> ColumnType.DOUBLE;
            case LocalDate ignored -> ColumnType.DATE;
            case Instant ignored -> ColumnType.TIMESTAMP;
            default -> ColumnType.TEXT;
        };
    }

    @Nullable
    Instant instant(String text) {
        var date = IsoTime.date(text);
        return date != null ? date.atStartOfDay(zone).toInstant() : IsoTime.instant(text, zone);
    }

    private @Nullable Object as(ColumnType type, String text) {
        return switch (type) {
            case TEXT -> text;
            case LONG -> NumberText.integer(text);
            case DOUBLE -> NumberText.floating(text);
            case NUMERIC -> NumberText.decimal(text);
            case BOOLEAN -> bool(text);
            case DATE -> IsoTime.date(text);
            case TIMESTAMP -> IsoTime.instant(text, zone);
            default -> null;
        };
    }

    private Object natural(String text) {
        var first = text.charAt(0);
        if (first != '-' && (first < '0' || first > '9')) {
            var truth = bool(text);
            return truth != null ? truth : text;
        }
        var integer = NumberText.integer(text);
        if (integer != null) {
            return integer;
        }
        var number = NumberText.floating(text);
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

    private static Object inexact(String text) {
        var decimal = NumberText.decimal(text);
        return decimal != null && text.indexOf('.') > 0 ? decimal : text;
    }

    private static @Nullable Boolean bool(String text) {
        return switch (text.length()) {
            case 4 -> text.equalsIgnoreCase("true") ? Boolean.TRUE : null;
            case 5 -> text.equalsIgnoreCase("false") ? Boolean.FALSE : null;
            default -> null;
        };
    }
}

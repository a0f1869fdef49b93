package dev.tidemark.imports.rehearsal;

import dev.tidemark.imports.values.ValueReader;
import dev.tidemark.spi.ColumnType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The type that a value gives to a column of its own, by the rules of all events. */
record NewColumn(ValueReader values) {

    private static final Pattern INSTANT =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?(Z|[+-]\\d\\d:\\d\\d)");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");

    /** {@code NUMERIC}: it is too exact for any. */
    ColumnType type(Object value) {
        return switch (value) {
            case String text -> ofText(text);
            case Boolean ignored -> ColumnType.BOOLEAN;
            case Long ignored -> ColumnType.LONG;
            case Double ignored -> ColumnType.DOUBLE;
            case Number ignored -> ColumnType.NUMERIC;
            case LocalDate ignored -> ColumnType.DATE;
            case Instant ignored -> ColumnType.TIMESTAMP;
            case List<?> list -> ofList(list);
            default -> ColumnType.JSON;
        };
    }

    private ColumnType ofText(String text) {
        if (DATE.matcher(text).matches() && values.instant(text) != null) {
            return ColumnType.DATE;
        }
        return INSTANT.matcher(text).matches() && values.instant(text) != null ? ColumnType.TIMESTAMP : ColumnType.TEXT;
    }

    private ColumnType ofList(List<?> list) {
        Optional<ColumnType> common = Optional.empty();
        for (var element : list) {
            if (element != null) {
                var type = type(element);
                common = Optional.of(common.map(before -> united(before, type)).orElse(type));
            }
        }
        return common.filter(type -> type != ColumnType.JSON && type != ColumnType.NUMERIC && !type.isList())
                .map(type -> ColumnType.valueOf(type.name() + "_LIST"))
                .orElse(ColumnType.JSON);
    }

    private static ColumnType united(ColumnType one, ColumnType other) {
        if (one == other) {
            return one;
        }
        if (one.isNumber() && other.isNumber()) {
            return one == ColumnType.NUMERIC || other == ColumnType.NUMERIC ? ColumnType.JSON : ColumnType.DOUBLE;
        }
        return isText(one) && isText(other) ? ColumnType.TEXT : ColumnType.JSON;
    }

    private static boolean isText(ColumnType type) {
        return type == ColumnType.TEXT || type.isTime();
    }
}

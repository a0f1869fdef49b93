package dev.tidemark.core.catalog.types;

import dev.tidemark.core.catalog.types.Fit.Fits;
import dev.tidemark.spi.ColumnType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Types of lists: of scalars of one type an array, of anything else jsonb. */
final class Lists {

    private static final Map<ColumnType, ColumnType> LIST_OF = new EnumMap<>(Map.of(
            ColumnType.BOOLEAN, ColumnType.BOOLEAN_LIST,
            ColumnType.LONG, ColumnType.LONG_LIST,
            ColumnType.DOUBLE, ColumnType.DOUBLE_LIST,
            ColumnType.NUMERIC, ColumnType.NUMERIC_LIST,
            ColumnType.TEXT, ColumnType.TEXT_LIST,
            ColumnType.TIMESTAMP, ColumnType.TIMESTAMP_LIST,
            ColumnType.DATE, ColumnType.DATE_LIST));

    private static final Map<ColumnType, ColumnType> ELEMENT_OF =
            LIST_OF.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private Lists() {}

    static ColumnType infer(List<?> list) {
        Optional<ColumnType> common = Optional.empty();
        for (var element : list) {
            if (element == null) {
                continue;
            }
            var type = Types.infer(element);
            common = common.isEmpty() ? type : type.flatMap(united(common.get()));
            if (common.isEmpty()) {
                return ColumnType.JSON;
            }
        }
        var listType = common.map(LIST_OF::get).orElse(ColumnType.JSON);
        return fit(listType, list) instanceof Fits ? listType : ColumnType.JSON;
    }

    static Fit fit(ColumnType listType, List<?> list) {
        if (listType == ColumnType.JSON) {
            return new Fits(list);
        }
        var elementType = ELEMENT_OF.getOrDefault(listType, ColumnType.JSON);
        var converted = new ArrayList<@Nullable Object>(list.size());
        for (var element : list) {
            if (element == null) {
                converted.add(null);
            } else if (Types.fit(elementType, element) instanceof Fits(var value)) {
                converted.add(value);
            } else {
                return Types.misfit(listType, list);
            }
        }
        return new Fits(Collections.unmodifiableList(converted));
    }

    /** The type that holds elements of both; numbers with numbers, and text with what looked like a time. */
    private static Function<ColumnType, Optional<ColumnType>> united(ColumnType one) {
        return other -> {
            if (one == other) {
                return Optional.of(one);
            }
            if (one.isNumber() && other.isNumber()) {
                return Optional.of(ColumnType.DOUBLE);
            }
            return isText(one) && isText(other) ? Optional.of(ColumnType.TEXT) : Optional.empty();
        };
    }

    private static boolean isText(ColumnType type) {
        return type == ColumnType.TEXT || type.isTime();
    }
}

package dev.tidemark.imports.rehearsal;

import dev.tidemark.spi.ColumnType;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What the values of one property would be. */
public final class ColumnSummary {

    private static final int EXAMPLES = 3;
    private static final int SHOWN = 60;

    private Optional<ColumnType> type;
    private final boolean isFixed;
    private final Set<String> examples = new LinkedHashSet<>();
    private long values;

    /** @param known the type of the column that is there or is asked for */
    ColumnSummary(Optional<ColumnType> known) {
        this.type = known;
        this.isFixed = known.isPresent();
    }

    /**
     * Counts a value, and says whether it would fit its column.
     *
     * @param natural the type that it would give to a column of its own
     */
    boolean fits(Object value, ColumnType natural) {
        values++;
        if (examples.size() < EXAMPLES) {
            var text = value.toString();
            examples.add(text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…");
        }
        if (type.isEmpty() && natural == ColumnType.NUMERIC) {
            return false;
        }
        var isWhole = value instanceof Double number && number == Math.rint(number);
        var current = type.orElse(natural);
        var isWider = !isFixed && !isWhole && current == ColumnType.LONG && natural == ColumnType.DOUBLE;
        type = Optional.of(isWider ? natural : current);
        return takes(type.get(), isWhole && current == ColumnType.LONG ? current : natural);
    }

    private static boolean takes(ColumnType column, ColumnType natural) {
        return column == natural
                || column == ColumnType.JSON
                || (column == ColumnType.TEXT && natural.isTime())
                || (column == ColumnType.DOUBLE && natural == ColumnType.LONG)
                || (column == ColumnType.NUMERIC && natural.isNumber())
                || (column.isList() && natural.isList() && takes(column.element(), natural.element()));
    }

    /** Empty: no column is made for its values so far. */
    public Optional<ColumnType> type() {
        return type;
    }

    public long values() {
        return values;
    }

    public Set<String> examples() {
        return examples;
    }
}

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

    /** Counts a value, and says whether it would fit its column. */
    boolean fits(Object value, ColumnType natural) {
        values++;
        if (examples.size() < EXAMPLES) {
            var text = value.toString();
            examples.add(text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…");
        }
        var current = type.orElse(natural);
        var isWider = !isFixed && current == ColumnType.LONG && natural == ColumnType.DOUBLE;
        type = Optional.of(isWider ? natural : current);
        return natural == type.get()
                || type.get() == ColumnType.JSON
                || (type.get() == ColumnType.TEXT && (value instanceof String || natural.isTime()))
                || (type.get().isNumber() && type.get() != ColumnType.LONG && natural.isNumber())
                || (type.get().isList() && natural.isList());
    }

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

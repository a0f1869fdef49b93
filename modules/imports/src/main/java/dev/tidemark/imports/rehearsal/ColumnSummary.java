package dev.tidemark.imports.rehearsal;

import dev.tidemark.imports.values.Excerpt;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Events;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What the values of one property would be. */
public final class ColumnSummary {

    private static final int EXAMPLES = 3;
    private static final int SHOWN = 60;

    private final Events events;
    private final String collection;
    private final String name;
    private Optional<ColumnType> type;
    private final Set<String> examples = new LinkedHashSet<>();
    private long values;

    /**
     * @param collection by the sender's name
     * @param name as it stood in the file first
     * @param known the type of the column that is there or is asked for
     */
    ColumnSummary(Events events, String collection, String name, Optional<ColumnType> known) {
        this.events = events;
        this.collection = collection;
        this.name = name;
        this.type = known;
    }

    /** Counts a value, and says whether it would fit its column. */
    boolean fits(Object value) {
        values++;
        if (examples.size() < EXAMPLES) {
            var text = value.toString();
            examples.add(Excerpt.of(text, SHOWN));
        }
        var holding = events.column(type, value);
        type = holding.or(() -> type);
        return holding.isPresent();
    }

    public String collection() {
        return collection;
    }

    public String name() {
        return name;
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

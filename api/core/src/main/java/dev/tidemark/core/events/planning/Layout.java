package dev.tidemark.core.events.planning;

import dev.tidemark.core.catalog.snapshot.Columns;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.EventCollection.Property;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The order of the fields in the copied rows of a collection: reserved columns, properties, and {@code _extra} last. */
public final class Layout {

    private static final List<String> RESERVED =
            List.of("_id", "_time", "_received_at", "_user", "_anonymous", "_message_id");

    /** Senders can spell one name in endless ways. */
    private static final int SPELLINGS = 4_096;

    private final Columns columns;
    private final Slot[] slots;
    private final Map<String, Slot> byColumn = new HashMap<>();
    private final Map<String, Slot> byLabel = new ConcurrentHashMap<>();
    private final Optional<Demands> demands;
    private final List<Slot> required;
    private final Predicate<String> whole;

    Layout(Columns columns) {
        this.columns = columns;
        var properties = columns.collection().properties();
        this.slots = new Slot[properties.size()];
        for (int i = 0; i < slots.length; i++) {
            var property = properties.get(i);
            slots[i] = Slot.of(i, property);
            byColumn.put(property.column(), slots[i]);
        }
        this.demands = Demands.of(columns);
        this.required = Stream.of(slots).filter(Slot::isRequired).toList();
        this.whole = Stream.of(slots).anyMatch(Slot::isWhole) ? this::isWhole : label -> false;
    }

    /** What an event has to meet to be stored; empty: nothing. */
    Optional<Demands> demands() {
        return demands;
    }

    /** What an event should have, and is warned about. */
    List<Slot> required() {
        return required;
    }

    /** Whether the objects of that name are values of their own: their property was declared as JSON. */
    Predicate<String> whole() {
        return whole;
    }

    public String table() {
        return columns.collection().name();
    }

    int properties() {
        return slots.length;
    }

    /** All fields of a row. */
    int fields() {
        return RESERVED.size() + slots.length + 1;
    }

    Slot slot(int ordinal) {
        return slots[ordinal];
    }

    /** The place of the property that a sender's name means; null: it has no column. */
    @Nullable
    Slot slot(String label) {
        var known = byLabel.get(label);
        if (known != null) {
            return known;
        }
        var slot = columns.byLabel(label)
                .map(property -> byColumn.get(property.column()))
                .orElse(null);
        if (slot != null && byLabel.size() < SPELLINGS) {
            byLabel.put(label, slot);
        }
        return slot;
    }

    public List<String> columnNames() {
        return Stream.of(RESERVED.stream(), Stream.of(slots).map(Slot::column), Stream.of("_extra"))
                .flatMap(name -> name)
                .toList();
    }

    private boolean isWhole(String label) {
        var slot = slot(label);
        return slot != null && slot.isWhole();
    }

    /**
     * The place of a property.
     *
     * @param ordinal among the properties, from 0
     * @param guard what its values have to meet besides their type; null: nothing
     */
    record Slot(
            int ordinal,
            String column,
            ColumnType type,
            Property property,
            @Nullable ValueGuard guard) {

        static Slot of(int ordinal, Property property) {
            return new Slot(ordinal, property.column(), property.type(), property, ValueGuard.of(property));
        }

        boolean isRequired() {
            return property.declaration().isRequired();
        }

        boolean isWhole() {
            return type == ColumnType.JSON && property.declaration().isDeclared();
        }
    }
}

package dev.tidemark.core.events;

import dev.tidemark.core.catalog.Columns;
import dev.tidemark.spi.ColumnType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The order of the fields in the copied rows of a collection: reserved columns, properties, and {@code _extra} last. */
final class Layout {

    private static final List<String> RESERVED =
            List.of("_id", "_time", "_received_at", "_user", "_anonymous", "_message_id");

    /** Senders can spell one name in endless ways. */
    private static final int SPELLINGS = 4_096;

    private final Columns columns;
    private final Slot[] slots;
    private final Map<String, Slot> byColumn = new HashMap<>();
    private final Map<String, Slot> byLabel = new ConcurrentHashMap<>();

    Layout(Columns columns) {
        this.columns = columns;
        var properties = columns.collection().properties();
        this.slots = new Slot[properties.size()];
        for (int i = 0; i < slots.length; i++) {
            var property = properties.get(i);
            slots[i] = new Slot(i, property.column(), property.type());
            byColumn.put(property.column(), slots[i]);
        }
    }

    String table() {
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

    List<String> columnNames() {
        return Stream.of(RESERVED.stream(), Stream.of(slots).map(Slot::column), Stream.of("_extra"))
                .flatMap(name -> name)
                .toList();
    }

    /** @param ordinal among the properties, from 0 */
    record Slot(int ordinal, String column, ColumnType type) {}
}

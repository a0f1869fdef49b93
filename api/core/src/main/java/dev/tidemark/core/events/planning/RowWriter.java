package dev.tidemark.core.events.planning;

import dev.tidemark.core.catalog.names.Flattening;
import dev.tidemark.core.catalog.names.Names;
import dev.tidemark.core.catalog.snapshot.Catalog;
import dev.tidemark.core.catalog.types.Fit;
import dev.tidemark.core.catalog.types.Types;
import dev.tidemark.core.events.admission.Admitted;
import dev.tidemark.core.events.admission.EventText;
import dev.tidemark.core.events.admission.Pointers;
import dev.tidemark.core.events.copy.BinaryBuffer;
import dev.tidemark.core.events.copy.BinaryRow;
import dev.tidemark.core.json.JsonWriter;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Refusal;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the events of one request and collection into rows. What has no column, or does not fit it, is wanted from the
 * catalogue as long as that may help, and else goes to {@code _extra} with a warning.
 */
final class RowWriter implements BiConsumer<String, Object> {

    private static final int SAMPLE = 200;

    private final String label;
    private final TableRows rows;
    private final Catalog catalog;
    private final Wishes wishes;
    private final @Nullable Object[] values;
    private Map<String, @Nullable Object> properties = Map.of();
    private @Nullable Map<String, Object> extra;

    /** @param label the name of the collection as the events have it */
    RowWriter(String label, TableRows rows, Catalog catalog, Wishes wishes) {
        this.label = label;
        this.rows = rows;
        this.catalog = catalog;
        this.wishes = wishes;
        this.values = new Object[rows.layout().properties()];
    }

    TableRows rows() {
        return rows;
    }

    void write(int submission, Admitted.Accepted accepted, Instant receivedAt) {
        var event = accepted.event();
        Arrays.fill(values, null);
        extra = null;
        properties = event.properties();
        var micros = BinaryRow.micros(accepted.time());
        rows.begin(submission, micros, accepted.hash());
        Flattening.each(properties, rows.layout().whole(), this);
        for (var slot : rows.layout().required()) {
            require(slot);
        }
        encode(event, micros, BinaryRow.micros(receivedAt));
    }

    @Override
    public void accept(String property, Object value) {
        var slot = rows.layout().slot(property);
        if (slot == null) {
            withoutColumn(property, value);
        } else if (values[slot.ordinal()] != null) {
            divert(property, value, "same_property", "Another property of this event has the same column.");
        } else if (slot.guard() == null && isOf(slot.type(), value)) {
            values[slot.ordinal()] = value;
        } else {
            fit(slot, property, value);
        }
    }

    private void fit(Layout.Slot slot, String property, Object value) {
        switch (Types.fit(slot.type(), value)) {
            case Fit.Fits fits -> put(slot, property, fits.value());
            case Fit.Widens widens -> {
                if (slot.property().declaration().isDeclared() || !wishes.wish(label, property, widens.to())) {
                    var refusal = refusal(property, "does_not_fit", "The column holds whole numbers.");
                    divert(property, value, refusal.code(), refusal.message());
                }
            }
            case Fit.Misfit misfit -> divert(property, value, "does_not_fit", misfit.reason());
        }
    }

    private void put(Layout.Slot slot, String property, Object value) {
        var guard = slot.guard();
        var refusal = guard == null ? Optional.<Refusal>empty() : guard.refusal(value);
        if (refusal.isPresent()) {
            divert(property, value, refusal.get().code(), refusal.get().message());
        } else {
            values[slot.ordinal()] = value;
        }
    }

    /** Warns when the event has no value for it, neither one that fits nor one that does not. */
    private void require(Layout.Slot slot) {
        var isThere = values[slot.ordinal()] != null
                || (extra != null
                        && extra.keySet().stream()
                                .anyMatch(name -> slot.equals(rows.layout().slot(name))));
        if (!isThere) {
            var property = slot.property().label();
            rows.warn(new Warning(property, Demands.missing(property), ""));
        }
    }

    private void withoutColumn(String property, Object value) {
        var problem = Names.propertyProblem(property);
        if (problem.isPresent()) {
            divert(property, value, "bad_property", problem.get());
            return;
        }
        var type = Types.infer(value);
        if (type.isEmpty()) {
            divert(property, value, "does_not_fit", "No type of column holds this value without loss.");
        } else if (!wishes.wish(label, property, type.get())) {
            var refusal = refusal(property, "no_column", "The collection has no column for it.");
            divert(property, value, refusal.code(), refusal.message());
        }
    }

    private Refusal refusal(String property, String code, String message) {
        return catalog.refused(label, property)
                .or(() -> wishes.refused(label, property))
                .orElseGet(() -> new Refusal(code, "", message));
    }

    private void divert(String property, Object value, String code, String message) {
        if (extra == null) {
            extra = new LinkedHashMap<>();
        }
        keepBeside(property, value);
        var pointer = "/properties" + Pointers.to(property, properties);
        rows.warn(new Warning(
                property, new Refusal(code, pointer, message), EventText.cut(JsonWriter.write(value), SAMPLE)));
    }

    private void keepBeside(String property, Object value) {
        var kept = Objects.requireNonNull(extra);
        var name = property;
        while (isHidden(name) || kept.putIfAbsent(name, value) != null) {
            name += "'";
        }
    }

    private void renameWhatIsHidden() {
        var kept = Objects.requireNonNull(extra);
        for (var name : List.copyOf(kept.keySet())) {
            if (isHidden(name)) {
                keepBeside(name, Objects.requireNonNull(kept.remove(name)));
            }
        }
    }

    /** Readers show a column by its label: what stands in {@code _extra} under the same one is seen nowhere. */
    private boolean isHidden(String name) {
        var slot = rows.layout().slot(name);
        return slot != null
                && values[slot.ordinal()] != null
                && slot.property().label().equals(name);
    }

    private static boolean isOf(ColumnType type, Object value) {
        return switch (type) {
            case TEXT -> value instanceof String;
            case LONG -> value instanceof Long;
            case DOUBLE -> value instanceof Double;
            case BOOLEAN -> value instanceof Boolean;
            default -> false;
        };
    }

    private void encode(Event event, long timeMicros, long receivedMicros) {
        var out = rows.buffer();
        out.putShort(rows.layout().fields());
        BinaryRow.putLong(out, 0);
        BinaryRow.putLong(out, timeMicros);
        BinaryRow.putLong(out, receivedMicros);
        put(out, event.user());
        put(out, event.anonymous());
        put(out, event.messageId());
        for (int i = 0; i < values.length; i++) {
            var value = values[i];
            if (value == null) {
                BinaryRow.putNull(out);
            } else {
                BinaryRow.put(out, rows.layout().slot(i).type(), value);
            }
        }
        if (extra == null) {
            BinaryRow.putNull(out);
        } else {
            renameWhatIsHidden();
            BinaryRow.putJson(out, extra);
        }
    }

    private static void put(BinaryBuffer out, Optional<String> text) {
        if (text.isPresent()) {
            BinaryRow.putText(out, text.get());
        } else {
            BinaryRow.putNull(out);
        }
    }
}

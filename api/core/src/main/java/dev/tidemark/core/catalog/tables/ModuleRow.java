package dev.tidemark.core.catalog.tables;

import dev.tidemark.core.catalog.types.Fit;
import dev.tidemark.core.catalog.types.Types;
import dev.tidemark.core.json.JsonWriter;
import dev.tidemark.spi.EventCollection.Property;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is written into a row of a module's table: into its columns, and what fits none. */
final class ModuleRow {

    private final Map<String, @Nullable Object> columns = new LinkedHashMap<>();
    private final Map<String, Object> extra = new LinkedHashMap<>();
    private final Set<String> labels = new LinkedHashSet<>();

    /**
     * The first value of a property is the property's. One that comes under another spelling of its name is kept beside it, as of an
     * event: a users table may have columns that differ in case only.
     *
     * @param property the one that the label means; empty: none does
     */
    void put(String label, @Nullable Object value, Optional<Property> property) {
        var open = property.filter(known -> !isTaken(known));
        var name = open.map(Property::label).orElse(label);
        var fitting = value == null
                ? Optional.empty()
                : open.flatMap(known -> Types.fit(known.type(), value) instanceof Fit.Fits(var fits)
                        ? Optional.of(fits)
                        : Optional.empty());
        labels.add(label);
        labels.add(name);
        open.ifPresent(known -> columns.put(known.column(), fitting.orElse(null)));
        if (value != null && fitting.isEmpty()) {
            extra.put(name, value);
        }
    }

    private boolean isTaken(Property property) {
        return columns.get(property.column()) != null || extra.containsKey(property.label());
    }

    /** The columns that are written; what is in them stays in all others. */
    Set<String> columns() {
        return columns.keySet();
    }

    /** The values by columns, then what fits none by labels, then all labels: what is there of them besides is gone. */
    String json() {
        return JsonWriter.write(List.of(columns, extra, List.copyOf(labels)));
    }
}

package dev.tidemark.imports.requests;

import dev.tidemark.spi.ColumnType;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the columns of a file mean, by their names there.
 *
 * @param time the column with the time of each event
 * @param user the column with the person behind it
 * @param anonymous the column with the device or visitor behind it
 * @param messageId the column with the sender's own id of it
 * @param renames the properties that columns become which are called otherwise
 * @param types of the properties that columns become, where they shall not be found out
 * @param zone whose clock shows the times that name no zone
 */
public record Mapping(
        Optional<String> time,
        Optional<String> user,
        Optional<String> anonymous,
        Optional<String> messageId,
        Map<String, String> renames,
        Map<String, ColumnType> types,
        ZoneId zone) {

    public Mapping {
        renames = Collections.unmodifiableMap(new LinkedHashMap<>(renames));
        types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
    }

    /** The property that a column becomes. */
    public String property(String column) {
        return renames.getOrDefault(column, column);
    }

    /** The types that are given, by property. */
    public Map<String, ColumnType> properties() {
        Map<String, ColumnType> properties = new LinkedHashMap<>();
        types.forEach((column, type) -> properties.put(property(column), type));
        return properties;
    }
}

package dev.tidemark.imports.requests;

import dev.tidemark.imports.values.NumberForm;
import dev.tidemark.imports.values.TimeFormat;
import dev.tidemark.imports.values.ValueReader;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.JsonReader;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the columns of a file mean, by their names there, in upper or lower case.
 *
 * @param destination what says of which collection an event is
 * @param time the column with the time of each event
 * @param user the column with the person behind it
 * @param anonymous the column with the device or visitor behind it
 * @param messageId the column with the sender's own id of it
 * @param renames the properties that columns become which are called otherwise
 * @param types of the properties that columns become, where they shall not be found out
 * @param zone whose clock shows the times that name no zone
 * @param times how the column with the time writes it
 * @param numbers how the columns with numbers write them
 */
public record Mapping(
        Destination destination,
        Optional<String> time,
        Optional<String> user,
        Optional<String> anonymous,
        Optional<String> messageId,
        Map<String, String> renames,
        Map<String, ColumnType> types,
        ZoneId zone,
        TimeFormat times,
        NumberForm numbers) {

    public Mapping {
        renames = byColumn(renames);
        types = byColumn(types);
    }

    private static <T> Map<String, T> byColumn(Map<String, T> given) {
        Map<String, T> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        columns.putAll(given);
        return Collections.unmodifiableMap(columns);
    }

    /** Reads the values of such a file. */
    public ValueReader values(JsonReader json) {
        return new ValueReader(zone, times, numbers, json);
    }

    /** Those that say what happened, when and to whom. */
    public Stream<String> roles() {
        return Stream.of(destination.column(), time, user, anonymous, messageId).flatMap(Optional::stream);
    }

    /** Those that are named as properties. */
    public Stream<String> named() {
        return Stream.concat(renames.keySet().stream(), types.keySet().stream()).distinct();
    }

    /** The same for the members of an object that is one itself: those that are named by their path are named without it, too. */
    public Mapping within(String member) {
        return new Mapping(
                destination,
                time,
                user,
                anonymous,
                messageId,
                within(member, renames),
                within(member, types),
                zone,
                times,
                numbers);
    }

    private static <T> Map<String, T> within(String member, Map<String, T> given) {
        var path = member + ".";
        Map<String, T> columns = new TreeMap<>(given);
        given.forEach((name, value) -> {
            if (name.regionMatches(true, 0, path, 0, path.length())) {
                columns.putIfAbsent(name.substring(path.length()), value);
            }
        });
        return columns;
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

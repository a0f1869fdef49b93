package dev.tidemark.exports;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.JsonReader;
import dev.tidemark.spi.JsonReader.Item;
import io.helidon.common.uri.UriQuery;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to be exported, as JSON: the arguments of the GraphQL field {@code aggregate} where it has measures, else those of
 * {@code events} with {@code columns}, {@code from} and {@code until} more.
 */
record ExportRequest(Map<String, @Nullable Object> json) {

    private static final Set<String> PARAMETERS =
            Set.of("collection", "where", "columns", "orderBy", "from", "until", "first", "format");

    /** Of the parameters of an address. */
    static ExportRequest of(UriQuery query, JsonReader reader) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        for (var name : query.names()) {
            if (!PARAMETERS.contains(name)) {
                throw refusal(
                        name,
                        "There is no parameter " + name + ": there are "
                                + String.join(", ", PARAMETERS.stream().sorted().toList()) + ".");
            }
            var values = query.all(name);
            switch (name) {
                case "format" -> {}
                case "columns" -> json.put(name, split(values).toList());
                case "orderBy" ->
                    json.put(name, split(values).map(ExportRequest::order).toList());
                case "where" -> json.put(name, object(one(name, values), reader));
                case "first" -> json.put(name, number(one(name, values)));
                default -> json.put(name, one(name, values));
            }
        }
        return new ExportRequest(json);
    }

    /** Of a body. */
    static ExportRequest of(InputStream body, JsonReader reader) {
        return new ExportRequest(single(body, reader));
    }

    /** The person whom the parameters of an address name. */
    static String person(UriQuery query) {
        if (!query.names().equals(Set.of("id")) || query.get("id").isBlank()) {
            throw refusal("id", "Name the person by any id of theirs, and nothing else: /export/person?id=ada");
        }
        return one("id", query.all("id"));
    }

    boolean isAggregate() {
        return json.containsKey("measures");
    }

    String collection() {
        if (json.get("collection") instanceof String name && !name.isEmpty()) {
            return name;
        }
        throw refusal("collection", "Name the collection: /export?collection=click");
    }

    /** The columns that are asked for; none: all. */
    List<String> columns() {
        return switch (json.get("columns")) {
            case null -> List.of();
            case List<?> names
            when names.stream().allMatch(String.class::isInstance) && isEachOnce(names) ->
                names.stream().map(String.class::cast).toList();
            default -> throw refusal("columns", "The columns are a list of names, each of them once.");
        };
    }

    /** No reader of a line takes a name that is there twice. */
    private static boolean isEachOnce(List<?> names) {
        return Set.copyOf(names).size() == names.size();
    }

    /** How many rows at most. */
    int first() {
        return switch (json.get("first")) {
            case null -> Integer.MAX_VALUE;
            case Long first when first > 0 && first < Integer.MAX_VALUE -> first.intValue();
            default -> throw refusal("first", "first is a number of rows, from 1.");
        };
    }

    /** The arguments of {@code events}: the time range is a condition like others. */
    Map<String, @Nullable Object> events() {
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>(json);
        arguments.remove("columns");
        Map<String, @Nullable Object> range = new LinkedHashMap<>();
        range.put("name", "_time");
        range.put("gte", arguments.remove("from"));
        range.put("lt", arguments.remove("until"));
        range.values().removeIf(value -> value == null);
        if (range.size() > 1) {
            var time = Map.of("property", range);
            var where = json.get("where");
            arguments.put("where", where == null ? time : Map.of("and", List.of(where, time)));
        }
        arguments.put("first", first());
        return arguments;
    }

    private static Stream<String> split(List<String> values) {
        return values.stream().flatMap(value -> Stream.of(value.split(","))).filter(name -> !name.isBlank());
    }

    /** A minus stands before a column whose greatest values come first. */
    private static Map<String, String> order(String column) {
        return column.startsWith("-")
                ? Map.of("by", column.substring(1), "direction", "DESC")
                : Map.of("by", column, "direction", "ASC");
    }

    private static Long number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw refusal("first", "first is a number of rows, from 1.");
        }
    }

    private static Map<String, @Nullable Object> object(String text, JsonReader reader) {
        return single(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), reader);
    }

    private static Map<String, @Nullable Object> single(InputStream input, JsonReader reader) {
        List<Item> items = new ArrayList<>();
        reader.items(input, items::add);
        if (items.size() != 1) {
            throw refusal("where", "Send one JSON object.");
        }
        return switch (items.getFirst()) {
            case Item.Read read -> read.value();
            case Item.Spoiled spoiled ->
                throw refusal("where", spoiled.unreadable().reason().message());
        };
    }

    private static String one(String name, List<String> values) {
        if (values.size() != 1) {
            throw refusal(name, "The parameter " + name + " is there twice: say which.");
        }
        return values.getFirst();
    }

    private static CallerException refusal(String name, String sentence) {
        return new CallerException(ErrorCode.BAD_USER_INPUT, sentence, name);
    }
}

package dev.tidemark.imports.csv;

import dev.tidemark.imports.requests.Mapping;
import dev.tidemark.imports.values.Excerpt;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The header line of a CSV file.
 *
 * @param text as it came
 * @param properties that the columns become, whatever else they mean
 * @param collection the place of the column that names each row's collection
 * @param time the place of the time column
 * @param user the place of the person's column
 * @param anonymous the place of the visitor's column
 * @param messageId the place of the column with the sender's ids
 */
public record Header(
        String text,
        List<String> names,
        List<String> properties,
        OptionalInt collection,
        OptionalInt time,
        OptionalInt user,
        OptionalInt anonymous,
        OptionalInt messageId) {

    /** The column of an export with what fits no other; it is an object of JSON. */
    static final String EXTRA = "_extra";

    private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|");
    private static final int SHOWN = 200;

    public Header {
        names = List.copyOf(names);
        properties = List.copyOf(properties);
    }

    public static Header of(Row row, char delimiter, Mapping mapping) {
        if (!row.isReadable() || row.fields().stream().anyMatch(name -> name.indexOf(0) >= 0)) {
            throw refusal("The header line is not in the encoding that was expected: say which it is, such as"
                    + " encoding=windows-1252 or encoding=UTF-16LE.");
        }
        var names = row.fields().stream().map(String::strip).toList();
        requireColumns(names, delimiter);
        requireDifferent(names, "Columns %d and %d have one name, \"%s\": rename one in the header line.");
        mapping.renames().keySet().forEach(name -> column(names, Optional.of(name)));
        mapping.types().keySet().forEach(name -> column(names, Optional.of(name)));
        var properties = names.stream().map(mapping::property).toList();
        requireDifferent(properties, "Columns %d and %d become one property, \"%s\": rename one of them otherwise.");
        return new Header(
                row.text(delimiter),
                names,
                properties,
                column(names, mapping.destination().column()),
                column(names, mapping.time(), "_time", "time", "timestamp"),
                column(names, mapping.user(), "_user", "user"),
                column(names, mapping.anonymous(), "_anonymous"),
                column(names, mapping.messageId(), "_message_id"));
    }

    /** Whether a column is more of an event than what, when, who and which. */
    boolean isProperty(int column) {
        return Stream.of(collection, time, user, anonymous, messageId)
                .noneMatch(place -> place.equals(OptionalInt.of(column)));
    }

    /** A file with another delimiter than expected has one column, whose name has that delimiter in it. */
    private static void requireColumns(List<String> names, char delimiter) {
        if (names.size() > 1) {
            return;
        }
        var name = names.getFirst();
        DELIMITERS.stream()
                .filter(other -> other.charAt(0) != delimiter && name.contains(other))
                .findFirst()
                .ifPresent(other -> {
                    var shown = other.equals("\t") ? "tab" : other;
                    throw refusal("The header line is one column, \"" + Excerpt.of(name, SHOWN)
                            + "\". If it is delimited by " + shown + ", say so: delimiter=" + shown);
                });
    }

    private static void requireDifferent(List<String> names, String sentence) {
        Map<String, Integer> places = new HashMap<>();
        for (var i = 0; i < names.size(); i++) {
            var name = names.get(i);
            if (name.isEmpty()) {
                throw refusal("Column " + (i + 1) + " has no name in the header line.");
            }
            var other = places.putIfAbsent(name, i);
            if (other != null) {
                throw refusal(sentence.formatted(other + 1, i + 1, Excerpt.of(name, SHOWN)));
            }
        }
    }

    private static OptionalInt column(List<String> names, Optional<String> asked, String... byDefault) {
        if (asked.isEmpty()) {
            return IntStream.range(0, byDefault.length)
                    .flatMap(i -> place(names, byDefault[i]).stream())
                    .findFirst();
        }
        var place = place(names, asked.get());
        if (place.isEmpty()) {
            throw refusal("No column is named \"" + Excerpt.of(asked.get(), SHOWN) + "\": there are "
                    + Excerpt.of(String.join(", ", names), SHOWN) + ".");
        }
        return place;
    }

    private static OptionalInt place(List<String> names, String name) {
        return IntStream.range(0, names.size())
                .filter(i -> names.get(i).equalsIgnoreCase(name))
                .findFirst();
    }

    private static CallerException refusal(String sentence) {
        return new CallerException(ErrorCode.BAD_USER_INPUT, sentence);
    }
}

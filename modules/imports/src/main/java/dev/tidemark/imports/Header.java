package dev.tidemark.imports;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The header line of a file.
 *
 * @param text as it came
 * @param time the place of the time column
 * @param user the place of the person's column
 */
record Header(String text, List<String> names, OptionalInt time, OptionalInt user) {

    private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|");
    private static final int SHOWN = 200;

    Header {
        names = List.copyOf(names);
    }

    static Header of(Row row, ImportRequest request) {
        if (!row.isReadable()) {
            throw refusal("The header line is not UTF-8: convert the file, for example with iconv -t UTF-8.");
        }
        var names = row.fields().stream().map(String::strip).toList();
        requireColumns(names, request.delimiter());
        requireNames(names);
        return new Header(
                row.text(request.delimiter()),
                names,
                column(names, request.time(), "time", "timestamp"),
                column(names, request.user(), "user"));
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
                    throw refusal("The header line is one column, \"" + cut(name) + "\". If it is delimited by " + shown
                            + ", say so: delimiter=" + shown);
                });
    }

    private static void requireNames(List<String> names) {
        Map<String, Integer> places = new HashMap<>();
        for (var i = 0; i < names.size(); i++) {
            var name = names.get(i);
            if (name.isEmpty()) {
                throw refusal("Column " + (i + 1) + " has no name in the header line.");
            }
            var other = places.putIfAbsent(name, i);
            if (other != null) {
                throw refusal("Columns " + (other + 1) + " and " + (i + 1) + " have one name, \"" + cut(name)
                        + "\": rename one in the header line.");
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
            throw refusal("No column is named \"" + cut(asked.get()) + "\": there are " + cut(String.join(", ", names))
                    + ".");
        }
        return place;
    }

    private static OptionalInt place(List<String> names, String name) {
        return IntStream.range(0, names.size())
                .filter(i -> names.get(i).equalsIgnoreCase(name))
                .findFirst();
    }

    private static String cut(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    private static CallerException refusal(String sentence) {
        return new CallerException(ErrorCode.BAD_USER_INPUT, sentence);
    }
}

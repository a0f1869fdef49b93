package dev.tidemark.imports.requests;

import dev.tidemark.imports.requests.FileFormat.Kind;
import dev.tidemark.imports.values.NumberForm;
import dev.tidemark.imports.values.TimeFormat;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import io.helidon.common.uri.UriQuery;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The parameters of a request, each checked when it is read. */
record Parameters(UriQuery query) {

    private static final List<String> NAMES = List.of(
            "id",
            "collection",
            "collectionFrom",
            "file",
            "dryRun",
            "format",
            "delimiter",
            "encoding",
            "time",
            "user",
            "anonymous",
            "messageId",
            "rename",
            "type",
            "zone",
            "timeFormat",
            "decimal");

    /** Those that say which import it is, and not how the file is read. */
    private static final List<String> IDENTITY = List.of("id", "collection", "file", "dryRun");

    Parameters {
        for (var name : query.names()) {
            if (!NAMES.contains(name)) {
                throw refusal(name, "There is no parameter " + name + ": there are " + String.join(", ", NAMES) + ".");
            }
        }
    }

    Optional<String> text(String name) {
        var values = all(name);
        if (values.size() > 1) {
            throw refusal(name, "The parameter " + name + " is there twice: say which.");
        }
        return values.stream().findFirst();
    }

    boolean flag(String name) {
        return switch (text(name).orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refusal(name, "The parameter " + name + " is true or false.");
        };
    }

    Destination destination() {
        var collection = text("collection");
        var column = text("collectionFrom");
        if (collection.isPresent() == column.isPresent()) {
            throw refusal(
                    "collection",
                    "Name either the collection, /import?collection=click&id=…, or the column in which each row names"
                            + " its own, /import?collectionFrom=event&id=….");
        }
        return column.<Destination>map(Destination.Column::new)
                .orElseGet(() -> new Destination.Collection(collection.orElseThrow()));
    }

    Optional<Kind> format() {
        return text("format").map(name -> switch (name) {
            case "csv" -> Kind.CSV;
            case "ndjson" -> Kind.NDJSON;
            default -> throw refusal("format", "The format is csv or ndjson.");
        });
    }

    Optional<Character> delimiter() {
        return text("delimiter").map(text -> {
            var delimiter = text.equals("tab") ? "\t" : text;
            if (delimiter.length() != 1
                    || "\"\r\n".contains(delimiter)
                    || Character.isLetterOrDigit(delimiter.charAt(0))) {
                throw refusal("delimiter", "The delimiter is one character such as ; or the word tab.");
            }
            return delimiter.charAt(0);
        });
    }

    Optional<Charset> encoding() {
        return text("encoding").map(name -> {
            try {
                return Charset.forName(name);
            } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                throw refusal(
                        "encoding",
                        "There is no encoding \"" + name
                                + "\" here: name one such as UTF-8, UTF-16LE, ISO-8859-1 or windows-1252.");
            }
        });
    }

    Optional<ZoneId> zone() {
        return text("zone").map(name -> {
            try {
                return ZoneId.of(name);
            } catch (DateTimeException e) {
                throw refusal("zone", "There is no time zone \"" + name + "\": name one such as Europe/Berlin.");
            }
        });
    }

    Optional<TimeFormat> timeFormat() {
        return text("timeFormat")
                .map(name -> TimeFormat.of(name)
                        .orElseThrow(() -> refusal(
                                "timeFormat",
                                "There is no form of times \"" + name + "\": there are iso, seconds, millis, micros"
                                        + " (since 1970), and patterns with a day, such as dd.MM.yyyy HH:mm.")));
    }

    NumberForm numbers() {
        return switch (text("decimal").orElse("point")) {
            case "point" -> NumberForm.POINT;
            case "comma" -> NumberForm.COMMA;
            default -> throw refusal("decimal", "The parameter decimal is point or comma: 1234.5 or 1234,5.");
        };
    }

    /** Those of the form {@code type=column=type}. */
    Map<String, ColumnType> types() {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        pairs("type").forEach((column, name) -> types.put(column, type(name)));
        return types;
    }

    /** Those of the form {@code rename=column=property}, each to a property of its own. */
    Map<String, String> renames() {
        var renames = pairs("rename");
        Set<String> properties = new HashSet<>();
        renames.values().forEach(property -> {
            if (!properties.add(property)) {
                throw refusal(
                        "rename",
                        "Two columns become one property, \"" + property + "\": rename one of them otherwise.");
            }
        });
        return renames;
    }

    /** Those of the form {@code name=left=right}, by what is left, in upper or lower case. */
    private Map<String, String> pairs(String name) {
        Map<String, String> pairs = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (var text : all(name)) {
            var equals = text.lastIndexOf('=');
            if (equals < 1 || equals == text.length() - 1) {
                throw refusal(name, "The parameter " + name + " has the form " + name + "=column=" + name + ".");
            }
            if (pairs.put(text.substring(0, equals), text.substring(equals + 1)) != null) {
                throw refusal(name, "The column " + text.substring(0, equals) + " has two values of " + name + ".");
            }
        }
        return pairs;
    }

    /** How the file is read, in one order however it was asked: two requests with the same text read alike. */
    String options() {
        return new TreeSet<>(query.names())
                .stream()
                        .filter(name -> !IDENTITY.contains(name))
                        .flatMap(name -> all(name).stream().sorted().map(value -> name + "=" + value))
                        .collect(Collectors.joining(" "));
    }

    private List<String> all(String name) {
        return query.contains(name)
                ? query.all(name).stream().filter(value -> !value.isEmpty()).toList()
                : List.of();
    }

    private static ColumnType type(String name) {
        return Arrays.stream(ColumnType.values())
                .filter(type -> type.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> refusal(
                        "type",
                        "There is no type " + name + ": there are "
                                + Arrays.stream(ColumnType.values())
                                        .map(type -> type.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    static CallerException refusal(String parameter, String sentence) {
        return new CallerException(ErrorCode.BAD_USER_INPUT, sentence, parameter);
    }
}

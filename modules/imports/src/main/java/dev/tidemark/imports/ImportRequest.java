package dev.tidemark.imports;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import io.helidon.common.uri.UriQuery;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a file is to be read.
 *
 * @param id the sender's name for this import
 * @param time the column with the time of each event
 * @param user the column with the person behind it
 * @param zone whose clock shows the times that name no zone
 */
record ImportRequest(
        String id, String collection, char delimiter, Optional<String> time, Optional<String> user, ZoneId zone) {

    private static final List<String> PARAMETERS = List.of("id", "collection", "delimiter", "time", "user", "zone");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

    static ImportRequest of(UriQuery query) {
        for (var name : query.names()) {
            if (!PARAMETERS.contains(name)) {
                throw refusal(
                        name, "There is no parameter " + name + ": there are " + String.join(", ", PARAMETERS) + ".");
            }
        }
        return new ImportRequest(
                checkedId(parameter(query, "id").orElse("")),
                parameter(query, "collection")
                        .orElseThrow(() -> refusal("collection", "Name the collection: /import?collection=click&id=…")),
                parameter(query, "delimiter").map(ImportRequest::delimiter).orElse(','),
                parameter(query, "time"),
                parameter(query, "user"),
                parameter(query, "zone").map(ImportRequest::zone).orElse(ZoneOffset.UTC));
    }

    static String checkedId(String id) {
        if (!ID.matcher(id).matches()) {
            throw refusal(
                    "id",
                    "Name the import by an id of 1 to 100 letters, digits, dots, dashes and underscores: the same file, sent"
                            + " again with the same id, goes on where it was interrupted.");
        }
        return id;
    }

    private static Optional<String> parameter(UriQuery query, String name) {
        var values = query.contains(name) ? query.all(name) : List.<String>of();
        if (values.size() > 1) {
            throw refusal(name, "The parameter " + name + " is there twice: say which.");
        }
        return values.stream().filter(value -> !value.isEmpty()).findFirst();
    }

    private static char delimiter(String text) {
        var delimiter = text.equals("tab") ? "\t" : text;
        if (delimiter.length() != 1 || "\"\r\n".contains(delimiter) || Character.isLetterOrDigit(delimiter.charAt(0))) {
            throw refusal("delimiter", "The delimiter is one character such as ; or the word tab.");
        }
        return delimiter.charAt(0);
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw refusal("zone", "There is no time zone \"" + name + "\": name one such as Europe/Berlin.");
        }
    }

    private static CallerException refusal(String parameter, String sentence) {
        return new CallerException(ErrorCode.BAD_USER_INPUT, sentence, parameter);
    }
}

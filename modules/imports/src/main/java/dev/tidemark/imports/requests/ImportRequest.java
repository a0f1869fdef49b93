package dev.tidemark.imports.requests;

import dev.tidemark.imports.values.TimeFormat;
import io.helidon.common.uri.UriQuery;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which file is to be imported, and how it is read.
 *
 * @param id the sender's name for this import
 * @param file what the file is called where it comes from
 * @param options what of the request changes how the file is read, as text
 */
public record ImportRequest(
        String id, Optional<String> file, boolean isDryRun, FileFormat format, Mapping mapping, String options) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

    public static ImportRequest of(UriQuery query) {
        var parameters = new Parameters(query);
        var isDryRun = parameters.flag("dryRun");
        return new ImportRequest(
                isDryRun
                        ? parameters.text("id").orElse("")
                        : checkedId(parameters.text("id").orElse("")),
                parameters.text("file"),
                isDryRun,
                new FileFormat(parameters.format(), parameters.delimiter(), parameters.encoding()),
                new Mapping(
                        parameters.destination(),
                        parameters.text("time"),
                        parameters.text("user"),
                        parameters.text("anonymous"),
                        parameters.text("messageId"),
                        parameters.renames(),
                        parameters.types(),
                        parameters.zone().orElse(ZoneOffset.UTC),
                        parameters.timeFormat().orElse(TimeFormat.ISO),
                        parameters.numbers()),
                parameters.options());
    }

    public static String checkedId(String id) {
        if (!ID.matcher(id).matches()) {
            throw Parameters.refusal(
                    "id",
                    "Name the import by an id of 1 to 100 letters, digits, dots, dashes and underscores: the same"
                            + " file, sent again with the same id, goes on where it was interrupted.");
        }
        return id;
    }
}

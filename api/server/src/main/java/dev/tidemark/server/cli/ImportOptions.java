package dev.tidemark.server.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** How a file is read: the same as the parameters of {@code POST /import}. */
final class ImportOptions {

    private final Map<String, List<String>> parameters = new LinkedHashMap<>();

    Map<String, List<String>> parameters() {
        return new LinkedHashMap<>(parameters);
    }

    @Option(names = "--format", paramLabel = "FORMAT", description = "csv or ndjson (seen by the first character).")
    void format(String format) {
        set("format", format);
    }

    @Option(
            names = "--delimiter",
            paramLabel = "CHARACTER",
            description = "What is between the fields of CSV; tab is a word for it (what the header line has most of).")
    void delimiter(String delimiter) {
        set("delimiter", delimiter);
    }

    @Option(
            names = "--encoding",
            paramLabel = "ENCODING",
            description = "Such as windows-1252 or UTF-16LE (UTF-8, or what a byte order mark says).")
    void encoding(String encoding) {
        set("encoding", encoding);
    }

    @Option(
            names = "--time",
            paramLabel = "COLUMN",
            description = "When it happened (time or timestamp, if there; else now).")
    void time(String column) {
        set("time", column);
    }

    @Option(
            names = "--time-format",
            paramLabel = "FORM",
            description =
                    "How that is written: iso, seconds, millis or micros since 1970, or a pattern such as \"dd.MM.yyyy HH:mm\" (iso).")
    void timeFormat(String form) {
        set("timeFormat", form);
    }

    @Option(names = "--user", paramLabel = "COLUMN", description = "Who did it (user, if there).")
    void user(String column) {
        set("user", column);
    }

    @Option(names = "--anonymous", paramLabel = "COLUMN", description = "The device or visitor that did it.")
    void anonymous(String column) {
        set("anonymous", column);
    }

    @Option(
            names = "--message-id",
            paramLabel = "COLUMN",
            description = "The sender's own id: events with the same one are stored once.")
    void messageId(String column) {
        set("messageId", column);
    }

    @Option(
            names = "--rename",
            paramLabel = "COLUMN=PROPERTY",
            description = "Call the property otherwise than the column; may be repeated.")
    void rename(List<String> renames) {
        parameters.put("rename", List.copyOf(renames));
    }

    @Option(
            names = "--type",
            paramLabel = "COLUMN=TYPE",
            description = "Make the property of that type, such as text or numeric; may be repeated (by its values).")
    void type(List<String> types) {
        parameters.put("type", List.copyOf(types));
    }

    @Option(
            names = "--decimal",
            paramLabel = "SIGN",
            description =
                    "What stands before the fraction of a number: point, or comma as in 1234,5 and 1.234,5 (point).")
    void decimal(String sign) {
        set("decimal", sign);
    }

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Where the clock stands for times without a zone (UTC).")
    void zone(String zone) {
        set("zone", zone);
    }

    private void set(String name, String value) {
        parameters.put(name, List.of(value));
    }
}

package dev.tidemark.server.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Of which collections the rows of a file become events: as a parameter of {@code POST /import}. */
final class ImportDestination {

    private String parameter = "";
    private String value = "";

    @Option(names = "--collection", paramLabel = "NAME", description = "The collection of the events.")
    void collection(String name) {
        parameter = "collection";
        value = name;
    }

    @Option(
            names = "--collection-from",
            paramLabel = "COLUMN",
            description = "What kind of event each row is, instead of one collection for all.")
    void column(String name) {
        parameter = "collectionFrom";
        value = name;
    }

    Map<String, List<String>> parameters() {
        return Map.of(parameter, List.of(value));
    }

    /** Tells it from others in the id of an import. */
    String identity() {
        return parameter.equals("collection") ? value : parameter + "=" + value;
    }
}

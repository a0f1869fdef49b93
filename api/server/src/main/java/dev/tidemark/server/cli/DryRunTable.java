package dev.tidemark.server.cli;

import dev.tidemark.server.upload.DryRun;
import dev.tidemark.server.upload.DryRun.Column;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows a person what an import would do. */
record DryRunTable(DryRun dryRun) {

    private static final String HEADING = "property";

    void print(PrintWriter out) {
        var collections = dryRun.columns().stream()
                .collect(Collectors.groupingBy(Column::collection, LinkedHashMap::new, Collectors.toList()));
        var width = Stream.concat(Stream.of(HEADING), dryRun.columns().stream().map(Column::name))
                .mapToInt(String::length)
                .max()
                .orElseThrow();
        var format = "%-" + width + "s  %-12s  %,12d  %s%n";
        out.printf(format.replace("%,12d", "%12s"), HEADING, "type", "values", "such as");
        collections.forEach((collection, columns) -> {
            if (collections.size() > 1) {
                out.println(collection + ":");
            }
            for (var column : columns) {
                out.printf(format, column.name(), column.type(), column.values(), String.join(", ", column.examples()));
            }
        });
        out.printf("%n%,d rows: %,d would be refused", dryRun.rows(), dryRun.refused());
        out.printf(", %,d values would not fit their column. Nothing was stored.%n", dryRun.misfits());
        dryRun.problems().forEach(problem -> out.println("  " + problem.message()));
    }
}

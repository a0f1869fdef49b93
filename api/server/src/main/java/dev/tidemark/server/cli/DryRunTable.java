package dev.tidemark.server.cli;

import dev.tidemark.server.upload.DryRun;
import java.io.PrintWriter;

/** Shows a person what an import would do. */
record DryRunTable(DryRun dryRun) {

    void print(PrintWriter out) {
        var width = dryRun.columns().stream()
                .mapToInt(column -> column.name().length())
                .max()
                .orElse(0);
        var format = "%-" + Math.max(width, "property".length()) + "s  %-12s  %,12d  %s%n";
        out.printf(format.replace("%,12d", "%12s"), "property", "type", "values", "such as");
        for (var column : dryRun.columns()) {
            out.printf(format, column.name(), column.type(), column.values(), String.join(", ", column.examples()));
        }
        out.printf("%n%,d rows: %,d would be refused", dryRun.rows(), dryRun.refused());
        out.printf(", %,d values would not fit their column. Nothing was stored.%n", dryRun.misfits());
        dryRun.problems().forEach(problem -> out.println("  " + problem.message()));
    }
}

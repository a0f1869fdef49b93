package dev.tidemark.server.upload;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * What an import would do, as the server tells.
 *
 * @param refused rows that would be refused
 * @param misfits values that would not fit their column
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DryRun(long rows, long refused, long misfits, List<Column> columns, List<ImportState.Problem> problems) {

    /** A property of a collection, and what its values are. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Column(String collection, String name, String type, long values, List<String> examples) {}
}

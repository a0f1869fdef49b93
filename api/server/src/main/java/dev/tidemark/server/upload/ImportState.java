package dev.tidemark.server.upload;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;

/**
 * How far an import is, as the server tells.
 *
 * @param problems the first rows that were refused; none, as long as it is under way
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ImportState(
        String id,
        long rows,
        long stored,
        long warned,
        long duplicates,
        long refused,
        boolean finished,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<Problem> problems) {

    static final ImportState NOTHING = new ImportState("", 0, 0, 0, 0, 0, false, List.of());

    /** What is wrong with a row, in a sentence that names its place. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Problem(long line, String message) {}

    /** What became of the rows, in words. */
    public String summary() {
        var sentence = new StringBuilder("%,d rows: %,d stored".formatted(rows, stored));
        if (warned > 0) {
            sentence.append(" (%,d with values that do not fit their column)".formatted(warned));
        }
        if (duplicates > 0) {
            sentence.append(", %,d there already".formatted(duplicates));
        }
        if (refused > 0) {
            sentence.append(", %,d refused (see the dead letters)".formatted(refused));
        }
        return sentence.toString();
    }
}

package dev.tidemark.server.upload;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** How far an import is, as the server tells. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ImportState(long rows, long stored, long warned, long duplicates, long refused, boolean finished) {

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

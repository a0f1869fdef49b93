package dev.tidemark.imports.requests;

import io.helidon.common.uri.UriQuery;

/**
 * Which file is asked for, of those that are imported already.
 *
 * @param file what it is called where it comes from
 */
public record FileRequest(Destination destination, String file) {

    public static FileRequest of(UriQuery query) {
        var parameters = new Parameters(query);
        return new FileRequest(
                parameters.destination(),
                parameters
                        .text("file")
                        .orElseThrow(() -> Parameters.refusal(
                                "file", "Name the file: GET /import?collection=click&file=clicks.csv")));
    }
}

package dev.tidemark.server.http;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.BadRequestException;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpMediaType;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The two media types of a GraphQL answer; which one it is decides what its status says. */
enum AnswerType {
    /** Says by its status whether the request was executed. */
    GRAPHQL("application/graphql-response+json"),
    /** What deployed clients expect: every well-formed request is answered {@code 200}. */
    JSON("application/json");

    private final String mediaType;

    AnswerType(String mediaType) {
        this.mediaType = mediaType;
    }

    Header contentType() {
        return HeaderValues.create(HeaderNames.CONTENT_TYPE, mediaType + "; charset=utf-8");
    }

    /**
     * The one that the client ranks higher. Who accepts anything gets plain JSON.
     *
     * @throws HttpRefusal {@code 406} when it accepts neither
     */
    static AnswerType acceptedBy(ServerRequestHeaders headers) {
        var accepted = accepted(headers);
        if (accepted.isEmpty()) {
            return JSON;
        }
        var graphql = Rank.of(GRAPHQL, accepted);
        var json = Rank.of(JSON, accepted);
        if (graphql.quality() <= 0 && json.quality() <= 0) {
            throw new HttpRefusal(
                    Status.NOT_ACCEPTABLE_406,
                    "NOT_ACCEPTABLE",
                    "Accept application/graphql-response+json or application/json.");
        }
        var order = graphql.compareTo(json);
        return order > 0 || (order == 0 && graphql.isExact()) ? GRAPHQL : JSON;
    }

    private static List<HttpMediaType> accepted(ServerRequestHeaders headers) {
        try {
            return headers.acceptedTypes();
        } catch (BadRequestException e) {
            throw new HttpRefusal(Status.BAD_REQUEST_400, "BAD_REQUEST", "The header Accept cannot be read.");
        }
    }

    /** How a client ranks a media type: by the most specific range that it gave. */
    private record Rank(double quality, int specificity) implements Comparable<Rank> {

        static Rank of(AnswerType type, List<HttpMediaType> accepted) {
            var best = new Rank(0, -1);
            for (var range : accepted) {
                var specificity = specificity(range, type);
                if (specificity > best.specificity()) {
                    best = new Rank(range.qualityFactor(), specificity);
                }
            }
            return best;
        }

        boolean isExact() {
            return specificity == 2;
        }

        private static int specificity(HttpMediaType range, AnswerType type) {
            if (!range.charset().map(AnswerType::isUtf8).orElse(true)
                    || !range.test(MediaTypes.create(type.mediaType))) {
                return -1;
            }
            if (range.mediaType().type().equals("*")) {
                return 0;
            }
            return range.mediaType().subtype().equals("*") ? 1 : 2;
        }

        @Override
        public int compareTo(Rank other) {
            var byQuality = Double.compare(quality, other.quality);
            return byQuality != 0 ? byQuality : Integer.compare(specificity, other.specificity);
        }
    }

    static boolean isUtf8(String charset) {
        return StandardCharsets.UTF_8.name().equalsIgnoreCase(charset.replace("\"", ""));
    }
}

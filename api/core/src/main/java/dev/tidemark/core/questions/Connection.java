package dev.tidemark.core.questions;

import dev.tidemark.spi.Question;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A page, as the schema has it.
 *
 * @param question what it answers
 */
record Connection<N>(List<Edge<N>> edges, PageInfo pageInfo, Question question) {

    public List<N> nodes() {
        return edges.stream().map(Edge::node).toList();
    }

    record Edge<N>(String cursor, N node) {}

    record PageInfo(
            boolean hasNextPage,
            boolean hasPreviousPage,
            @Nullable String startCursor,
            @Nullable String endCursor) {}

    /**
     * @param found what was found, one more than the page holds if there is one
     * @param isLater whether the page follows another
     */
    static <N> Connection<N> of(
            Question question, List<N> found, int first, IntFunction<String> cursor, boolean isLater) {
        var edges = IntStream.range(0, Math.min(first, found.size()))
                .mapToObj(i -> new Edge<>(cursor.apply(i), found.get(i)))
                .toList();
        var page = new PageInfo(
                found.size() > first,
                isLater,
                edges.isEmpty() ? null : edges.getFirst().cursor(),
                edges.isEmpty() ? null : edges.getLast().cursor());
        return new Connection<>(edges, page, question);
    }
}

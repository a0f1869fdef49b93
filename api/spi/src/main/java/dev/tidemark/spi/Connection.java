package dev.tidemark.spi;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A page of a list, in the shape of a GraphQL connection. */
public record Connection<N>(List<Edge<N>> edges, PageInfo pageInfo) {

    public Connection {
        edges = List.copyOf(edges);
    }

    public List<N> nodes() {
        return edges.stream().map(Edge::node).toList();
    }

    public record Edge<N>(String cursor, N node) {}

    public record PageInfo(
            boolean hasNextPage,
            boolean hasPreviousPage,
            @Nullable String startCursor,
            @Nullable String endCursor) {}

    /**
     * @param found what was found, one more than the page holds if there is one
     * @param cursor of what was found at that place
     * @param isLater whether the page follows another
     */
    public static <N> Connection<N> of(List<N> found, int first, IntFunction<String> cursor, boolean isLater) {
        var edges = IntStream.range(0, Math.min(first, found.size()))
                .mapToObj(i -> new Edge<>(cursor.apply(i), found.get(i)))
                .toList();
        var page = new PageInfo(
                found.size() > first,
                isLater,
                edges.isEmpty() ? null : edges.getFirst().cursor(),
                edges.isEmpty() ? null : edges.getLast().cursor());
        return new Connection<>(edges, page);
    }
}

package dev.tidemark.core.questions.relations;

import dev.tidemark.core.questions.sql.ValueStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Statements that were sent in one go, whose rows are read in their order. */
final class SentStatements {

    private final Statement results;
    private final Deque<AskedStatement> left;

    /** @param results stand at those of the first */
    SentStatements(Statement results, List<AskedStatement> sent) {
        this.results = results;
        this.left = new ArrayDeque<>(sent);
    }

    boolean isNext(AskedStatement asked) {
        var next = left.peek();
        return next != null && next.isSame(asked);
    }

    void read(Consumer<List<@Nullable Object>> each) throws SQLException {
        left.remove();
        try (var rows = results.getResultSet()) {
            read(rows, each);
        } finally {
            if (left.isEmpty()) {
                results.close();
            }
        }
        if (!left.isEmpty()) {
            results.getMoreResults();
        }
    }

    /** Nobody wants what is left. */
    void discard() throws SQLException {
        if (!left.isEmpty()) {
            left.clear();
            results.close();
        }
    }

    private static void read(ResultSet results, Consumer<List<@Nullable Object>> each) throws SQLException {
        var columns = results.getMetaData();
        var types = new ArrayList<String>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            types.add(columns.getColumnTypeName(i));
        }
        while (results.next()) {
            var row = new ArrayList<@Nullable Object>(types.size());
            for (int i = 0; i < types.size(); i++) {
                row.add(ValueStore.read(results, i + 1, types.get(i)));
            }
            each.accept(row);
        }
    }
}

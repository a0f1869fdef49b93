package dev.tidemark.spi;

import java.util.List;
import java.util.Optional;

/**
 * How a question is answered, without answering it. Statements that depend on what others find are planned as if nothing
 * was found.
 *
 * @param asked the question after the rewriters
 * @param rewriter the module that made it of another; empty: none did
 * @param statements in their order; none for relations that answer without SQL
 */
public record Explanation(Question asked, Optional<String> rewriter, List<Statement> statements) {

    public Explanation {
        statements = List.copyOf(statements);
    }

    /**
     * @param sql with a {@code ?} for each parameter
     * @param plan PostgreSQL's, as {@code explain} writes it
     */
    public record Statement(String sql, List<Object> parameters, String plan) {
        public Statement {
            parameters = List.copyOf(parameters);
        }
    }
}

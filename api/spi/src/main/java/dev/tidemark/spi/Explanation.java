package dev.tidemark.spi;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a question is answered, without answering it: the value of GraphQL's type {@code Explanation}. Statements that depend on
 * what others find are planned as if nothing was found.
 *
 * @param relations what is read: those asked about, or those of the question that a rewriter made of it
 * @param rewriter the module that made it of another; empty: none did
 * @param statements in their order; none for relations that answer without SQL
 */
public record Explanation(List<String> relations, Optional<String> rewriter, List<Statement> statements) {

    public Explanation {
        relations = List.copyOf(relations);
        statements = List.copyOf(statements);
    }

    /** All statements, each with its end. */
    public String sql() {
        return statements.stream().map(statement -> statement.sql() + ";\n").collect(Collectors.joining("\n"));
    }

    /** Those of all statements. */
    public List<Object> parameters() {
        return statements.stream()
                .flatMap(statement -> statement.parameters().stream())
                .toList();
    }

    /** Those of all statements. */
    public String plan() {
        return statements.stream().map(Statement::plan).collect(Collectors.joining("\n\n"));
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

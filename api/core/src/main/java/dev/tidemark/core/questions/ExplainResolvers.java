package dev.tidemark.core.questions;

import dev.tidemark.spi.Caller;
import dev.tidemark.spi.Explanation;
import dev.tidemark.spi.Explanation.Statement;
import dev.tidemark.spi.Question;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** GraphQL's side of explanations. */
final class ExplainResolvers {

    private final QuestionEngine questions;

    ExplainResolvers(QuestionEngine questions) {
        this.questions = questions;
    }

    /** An explanation as the schema has it. */
    record Explained(
            List<String> relations, @Nullable String rewriter, String sql, List<Object> parameters, String plan) {

        static Explained of(Explanation explanation) {
            var statements = explanation.statements();
            return new Explained(
                    explanation.asked().relations(),
                    explanation.rewriter().orElse(null),
                    statements.stream()
                            .map(statement -> statement.sql() + ";\n")
                            .collect(Collectors.joining("\n")),
                    statements.stream()
                            .flatMap(statement -> statement.parameters().stream())
                            .toList(),
                    statements.stream().map(Statement::plan).collect(Collectors.joining("\n\n")));
        }
    }

    Explained aggregation(DataFetchingEnvironment environment) {
        return explained(
                environment,
                Objects.requireNonNull(environment.<Aggregation>getSource()).question());
    }

    Explained page(DataFetchingEnvironment environment) {
        return explained(
                environment,
                Objects.requireNonNull(environment.<Connection<?>>getSource()).question());
    }

    private Explained explained(DataFetchingEnvironment environment, Question question) {
        return Explained.of(questions.explain(Caller.of(environment).project(), question));
    }
}

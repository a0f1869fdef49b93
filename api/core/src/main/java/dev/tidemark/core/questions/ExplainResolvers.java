package dev.tidemark.core.questions;

import dev.tidemark.spi.Caller;
import dev.tidemark.spi.Explanation;
import dev.tidemark.spi.Question;
import graphql.schema.DataFetchingEnvironment;
import java.util.Objects;

/** GraphQL's side of explanations. */
final class ExplainResolvers {

    private final QuestionEngine questions;

    ExplainResolvers(QuestionEngine questions) {
        this.questions = questions;
    }

    Explanation aggregation(DataFetchingEnvironment environment) {
        return explained(
                environment,
                Objects.requireNonNull(environment.<Aggregation>getSource()).question());
    }

    Explanation page(DataFetchingEnvironment environment) {
        return explained(
                environment,
                Objects.requireNonNull(environment.<AnsweredPage<?>>getSource()).question());
    }

    private Explanation explained(DataFetchingEnvironment environment, Question question) {
        return questions.explain(Caller.of(environment).project(), question);
    }
}

package dev.tidemark.core.questions;

import dev.tidemark.core.questions.answers.Aggregation;
import dev.tidemark.core.questions.answers.AnsweredPage;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.Explanation;
import dev.tidemark.spi.Question;
import graphql.schema.DataFetchingEnvironment;
import java.util.Objects;

/** GraphQL's side of explanations. */
public final class ExplainResolvers {

    private final QuestionEngine questions;

    public ExplainResolvers(QuestionEngine questions) {
        this.questions = questions;
    }

    public Explanation aggregation(DataFetchingEnvironment environment) {
        return explained(
                environment,
                Objects.requireNonNull(environment.<Aggregation>getSource()).question());
    }

    public Explanation page(DataFetchingEnvironment environment) {
        return explained(
                environment,
                Objects.requireNonNull(environment.<AnsweredPage<?>>getSource()).question());
    }

    private Explanation explained(DataFetchingEnvironment environment, Question question) {
        return questions.explain(Caller.of(environment).project(), question);
    }
}

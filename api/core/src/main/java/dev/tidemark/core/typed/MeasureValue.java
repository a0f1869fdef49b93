package dev.tidemark.core.typed;

import dev.tidemark.core.questions.answers.EarlierGroup;
import dev.tidemark.core.questions.answers.Group;
import graphql.TrivialDataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The value of a measure in its group, by the key under which the selection asked for it. */
final class MeasureValue implements TrivialDataFetcher<Object> {

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) {
        Map<String, @Nullable Object> measures = switch (environment.<Object>getSource()) {
            case Group group -> group.measures();
            case EarlierGroup earlier -> earlier.measures();
            case null, default -> throw new IllegalStateException("A measure stands in no group.");
        };
        return measures.get(environment.getExecutionStepInfo().getResultKey());
    }
}

package dev.tidemark.core.typed;

import dev.tidemark.core.questions.answers.Group;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Grouping;
import graphql.TrivialDataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** When a bucket of a group begins: the first one, or the one of a name. */
final class BucketValue implements TrivialDataFetcher<Object> {

    static final String NAME = "as";

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) {
        Group group = Objects.requireNonNull(environment.getSource());
        var name = Arguments.of(environment).text(NAME);
        return name.isEmpty() ? group.bucket() : group.values().get(place(group, name.get()));
    }

    private static int place(Group group, String name) {
        var groupings = group.question().groupings();
        return IntStream.range(0, groupings.size())
                .filter(i -> groupings.get(i) instanceof Grouping.ByBucket bucket
                        && bucket.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CallerException(
                        ErrorCode.BAD_USER_INPUT, "No timeBucket has this name: give it one by its own as.", NAME));
    }
}

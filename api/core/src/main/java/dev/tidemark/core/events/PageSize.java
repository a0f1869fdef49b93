package dev.tidemark.core.events;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import graphql.schema.DataFetchingEnvironment;
import java.util.Objects;

/** The argument {@code first}. */
final class PageSize {

    private PageSize() {}

    static int of(DataFetchingEnvironment environment, int most) {
        int first = Objects.requireNonNull(environment.<Integer>getArgument("first"));
        if (first < 1 || first > most) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT, "first is a number from 1 to " + most + ", not " + first + ".", "first");
        }
        return first;
    }
}

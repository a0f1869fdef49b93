package dev.tidemark.core.schema;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import graphql.schema.DataFetchingEnvironment;
import java.util.Objects;

/** The argument {@code first}. */
public final class PageSize {

    private PageSize() {}

    public static int of(DataFetchingEnvironment environment, int most) {
        int first = Objects.requireNonNull(environment.<Integer>getArgument("first"));
        if (first < 1 || first > most) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT, "first is a number from 1 to " + most + ", not " + first + ".", "first");
        }
        return first;
    }
}

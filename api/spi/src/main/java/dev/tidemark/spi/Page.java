package dev.tidemark.spi;

import graphql.schema.DataFetchingEnvironment;
import java.util.Optional;

/**
 * Which page of a list a field with the arguments {@code first} and {@code after} asks for.
 *
 * @param first at most so many
 * @param after the cursor after which it begins
 */
public record Page(int first, Optional<String> after) {

    private static final int MOST = 1_000;

    /** @throws CallerException when it is larger than a page may be */
    public static Page of(DataFetchingEnvironment environment) {
        var arguments = Arguments.of(environment);
        var first = arguments.number("first").orElseThrow();
        if (first < 1 || first > MOST) {
            throw new CallerException(ErrorCode.BAD_USER_INPUT, "Ask for 1 to " + MOST + " at once.", "first");
        }
        return new Page(first, arguments.text("after"));
    }
}

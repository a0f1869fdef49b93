package dev.tidemark.core.schema.resolvers;

import dev.tidemark.core.json.StorableText;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refuses an input with text that PostgreSQL cannot keep, and tells where it stands. Half a surrogate pair would become a
 * question mark on the way: an order about one user would be carried out on another.
 */
public record StorableInput(DataFetcher<?> resolver) implements DataFetcher<Object> {

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
        check(environment.<Object>getArgument("input"), List.of());
        return resolver.get(environment);
    }

    private static void check(@Nullable Object value, List<String> path) {
        switch (value) {
            case String text -> check(text, path);
            case Map<?, ?> object ->
                object.forEach((key, member) -> {
                    var name = String.valueOf(key);
                    check(name, path);
                    check(member, with(path, name));
                });
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    check(list.get(i), with(path, Integer.toString(i)));
                }
            }
            case null, default -> {}
        }
    }

    private static void check(String text, List<String> path) {
        if (!StorableText.isStorable(text)) {
            throw new CallerException(ErrorCode.BAD_USER_INPUT, StorableText.REASON, path.toArray(String[]::new));
        }
    }

    private static List<String> with(List<String> path, String name) {
        var longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }
}

package dev.tidemark.spi;

import graphql.schema.DataFetchingEnvironment;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Which page of people a field asks for. People go by their ids, those by their code points.
 *
 * @param first at most so many
 * @param after only people behind this id
 */
public record PeoplePage(int first, Optional<String> after) {

    /** @throws CallerException when it is larger than a page may be, or for what is no cursor */
    public static PeoplePage of(DataFetchingEnvironment environment) {
        var page = Page.of(environment);
        return new PeoplePage(page.first(), page.after().map(PeoplePage::id));
    }

    /** @param ids those behind {@code after}, in their order, one more than the page holds if there is one */
    public Connection<Person> of(List<String> ids) {
        return Connection.of(ids.stream().map(Person::new).toList(), first, i -> cursor(ids.get(i)), after.isPresent());
    }

    private static String cursor(String id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }

    private static String id(String cursor) {
        try {
            var id = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (cursor(id).equals(cursor) && id.indexOf('\0') < 0) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw noCursor();
        }
        throw noCursor();
    }

    private static CallerException noCursor() {
        return new CallerException(
                ErrorCode.BAD_USER_INPUT,
                "This is no cursor of people: take one of a page, or begin without after.",
                "after");
    }
}

package dev.tidemark.spi;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An id of the GraphQL schema: unique on the server, and opaque to clients.
 *
 * @param type the GraphQL type
 * @param project the id of the project; 0: none
 * @param local unique for that type in that project
 */
public record GlobalId(String type, int project, String local) {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /** The id of what has a number in its project. */
    public GlobalId(String type, int project, long number) {
        this(type, project, Long.toString(number));
    }

    /** The number that a local part is; empty: it is none. */
    public static Optional<Long> number(String local) {
        return NUMBER.matcher(local).matches() ? Optional.of(Long.valueOf(local)) : Optional.empty();
    }

    public boolean isOf(String type, Project project) {
        return this.type.equals(type) && this.project == project.id();
    }

    public String text() {
        var plain = type + ":" + project + ":" + local;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty when the text was never made here. */
    public static Optional<GlobalId> parse(String text) {
        try {
            var plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            var first = plain.indexOf(':');
            var second = plain.indexOf(':', first + 1);
            // what the database stores has no U+0000, and so no id
            return second < 0 || plain.indexOf('\0') >= 0
                    ? Optional.empty()
                    : Optional.of(new GlobalId(
                            plain.substring(0, first),
                            Integer.parseInt(plain.substring(first + 1, second)),
                            plain.substring(second + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

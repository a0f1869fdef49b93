package dev.tidemark.core.catalog.names;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;
import java.util.Set;

/**
 * From a sender's name (label) to the name of its table or column, and from that to the GraphQL name.
 *
 * <p>A label is cut into words at changes of case and at blanks and {@code _ - . / :}; the words are joined by {@code _} in
 * lower case. So "Order Total", "orderTotal", "order_total" and "ORDER TOTAL" are one property, {@code order_total}. Any
 * other character than a letter or digit separates words too, but then the name alone does not tell the label any more:
 * {@code _} and eight digits of the label's SHA-256 are appended. The same is done when the label starts with {@code _},
 * when the name starts with a digit (it gets an {@code n} before), is empty ({@code n}), is longer than PostgreSQL's 63
 * bytes, means something to PostgreSQL already, or looks as if it had such a suffix. So a name depends on its label alone,
 * never on what arrived before, and no name starts with {@code _}, which is for the engine's and the modules' own.
 */
public final class Names {

    /** As PostgreSQL counts: in UTF-8. Beyond, it would cut the name without a word. */
    private static final int LONGEST_NAME = 63;

    private static final Set<String> SYSTEM_COLUMNS = Set.of("ctid", "oid", "tableoid", "xmin", "xmax", "cmin", "cmax");

    private Names() {}

    /** The table of the collection with that label; empty when {@link #collectionProblem} has something to say. */
    public static Optional<String> table(String label) {
        // pg_catalog is searched before the project's schema, and all that it has is called so
        return collectionProblem(label).isPresent() ? Optional.empty() : Optional.of(name(label, "pg_"));
    }

    /** The column of the property with that label; empty when {@link #propertyProblem} has something to say. */
    public static Optional<String> column(String label) {
        return propertyProblem(label).isPresent() ? Optional.empty() : Optional.of(name(label, ""));
    }

    /**
     * The GraphQL name of a table or column: {@code orderTotal} of {@code order_total}; before a digit the underscore
     * stays. All but lower-case letters and digits of ASCII and single underscores between them is dropped, and then a
     * suffix tells the name from its likes: relations of modules can be called anything.
     */
    public static String graphql(String name) {
        var ascii = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            var c = name.charAt(i);
            var secondUnderscore = c == '_' && (ascii.isEmpty() || ascii.charAt(ascii.length() - 1) == '_');
            if ((isLetter(c) || isDigit(c) || c == '_') && !secondUnderscore) {
                ascii.append(c);
            }
        }
        var isPlain = ascii.length() == name.length() && !name.isEmpty() && isLetter(name.charAt(0));
        return camelCase(isPlain ? name : distinct(ascii.toString(), name));
    }

    /** Why no collection can have that label, as a sentence; empty: one can. */
    public static Optional<String> collectionProblem(String label) {
        if (label.startsWith("_")) {
            return Optional.of("A collection's name must not start with an underscore.");
        }
        return Labels.problem(label).map(problem -> "A collection's name " + problem);
    }

    /** Why no collection can get that table's name, which something else has, as a sentence. */
    public static String reserved(String table) {
        return "Something else that can be asked, such as a rollup or the customers, has the name \"" + table
                + "\": choose another for the events, or drop it where it is a rollup.";
    }

    /** Why no property can have that label, as a sentence; empty: one can. */
    public static Optional<String> propertyProblem(String label) {
        return Labels.problem(label).map(problem -> "A property's name " + problem);
    }

    private static String name(String label, String reservedPrefix) {
        var normal = Normalizer.normalize(label, Normalizer.Form.NFC);
        var words = Words.of(normal);
        var name = words.joined();
        var plain = words.onlyWords()
                && !normal.startsWith("_")
                && !name.isEmpty()
                && !Character.isDigit(name.codePointAt(0))
                && !SYSTEM_COLUMNS.contains(name)
                && !(!reservedPrefix.isEmpty() && name.startsWith(reservedPrefix))
                && !Suffix.endsLikeOne(name)
                && bytes(name) <= LONGEST_NAME;
        return plain ? name : distinct(name, normal);
    }

    /** The name with a suffix that only its origin has. */
    private static String distinct(String name, String origin) {
        var start = name.isEmpty() || Character.isDigit(name.codePointAt(0)) ? "n" + name : name;
        var end = start.length();
        while (bytes(start.substring(0, end)) + Suffix.LENGTH > LONGEST_NAME) {
            end = start.offsetByCodePoints(end, -1);
        }
        if (start.charAt(end - 1) == '_') {
            end--;
        }
        return start.substring(0, end) + Suffix.of(origin);
    }

    private static String camelCase(String name) {
        var camel = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            var startsWord = name.charAt(i) == '_' && i + 1 < name.length() && isLetter(name.charAt(i + 1));
            camel.append(startsWord ? Character.toUpperCase(name.charAt(++i)) : name.charAt(i));
        }
        return camel.toString();
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }
}

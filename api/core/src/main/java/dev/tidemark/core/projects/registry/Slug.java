package dev.tidemark.core.projects.registry;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which names a project may have: they are names of PostgreSQL schemas too. */
public final class Slug {

    private static final int LONGEST = 41;
    private static final Pattern ALLOWED = Pattern.compile("[a-z][a-z0-9_]*");

    /** Schemas of PostgreSQL, of Tidemark, and of extensions that an operator may add later. */
    private static final Set<String> RESERVED = Set.of(
            "public",
            "information_schema",
            "tidemark",
            "citus",
            "citus_internal",
            "columnar",
            "columnar_internal",
            "cron");

    private Slug() {}

    /** @throws CallerException {@code BAD_USER_INPUT} with what to change */
    public static String require(String text) {
        if (text.isEmpty()) {
            throw refused("A project needs a slug, such as web_shop.");
        }
        if (text.length() > LONGEST) {
            throw refused("This slug has " + text.length() + " characters: use at most " + LONGEST + ".");
        }
        if (!ALLOWED.matcher(text).matches()) {
            throw refused("A slug starts with one of a-z and has only a-z, 0-9 and _ after it" + remedy(text) + ".");
        }
        if (text.startsWith("pg_")) {
            throw refused("Slugs that start with pg_ are reserved for PostgreSQL: choose another.");
        }
        if (RESERVED.contains(text)) {
            throw refused("The slug " + text + " is reserved: choose another.");
        }
        return text;
    }

    private static String remedy(String text) {
        var plain = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^[0-9_]+|_+$", "");
        return plain.isEmpty() ? "" : ": for example " + plain;
    }

    private static CallerException refused(String sentence) {
        return new CallerException(ErrorCode.BAD_USER_INPUT, sentence, "slug");
    }
}

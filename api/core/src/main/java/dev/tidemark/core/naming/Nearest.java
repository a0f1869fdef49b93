package dev.tidemark.core.naming;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Suggests what somebody may have meant. */
public final class Nearest {

    private Nearest() {}

    /** The known name that differs from the given one in the fewest letters; empty when none is near. */
    public static Optional<String> to(String given, Collection<String> known) {
        var most = Math.max(2, given.length() / 3);
        return known.stream()
                // also keeps a hostile, very long name from being compared letter by letter
                .filter(name -> Math.abs(given.length() - name.length()) <= most)
                .filter(name -> distance(given, name) <= most)
                .min(Comparator.comparingInt((String name) -> distance(given, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code  Did you mean "x"?}, with a blank before it; empty when nothing is near. */
    public static String hint(String given, Collection<String> known) {
        return to(given, known).map(name -> " Did you mean \"" + name + "\"?").orElse("");
    }

    /** Levenshtein's distance, upper and lower case being equal. */
    private static int distance(String given, String known) {
        var a = given.toLowerCase(Locale.ROOT);
        var b = known.toLowerCase(Locale.ROOT);
        var previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            var current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                var replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}

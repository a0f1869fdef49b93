package dev.tidemark.referrer;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The address of a page.
 *
 * @param host in lower case, without {@code www.}
 * @param campaign the UTM parameters of its query, by name
 */
record PageAddress(String host, Map<String, String> campaign) {

    private static final Set<String> UTM =
            Set.of("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content");

    /** Browsers send paths and hosts that are no URI: of {@code /a[1]|b} and {@code my_shop.example} they change nothing. */
    private static final Pattern ADDRESS = Pattern.compile(
            "([a-zA-Z][a-zA-Z0-9+.-]*:)?//([^/?#@]*@)?(?<host>\\[[0-9a-fA-F:.]+]|[^/?#@:\\[\\]\\s]+)(:\\d*)?([/?#]|$)");

    /** Empty: the text is no address with a host. */
    static Optional<PageAddress> of(String text) {
        var address = ADDRESS.matcher(text);
        return address.lookingAt()
                ? Optional.of(new PageAddress(plain(address.group("host")), campaign(query(text))))
                : Optional.empty();
    }

    private static String query(String text) {
        var question = text.indexOf('?');
        return question < 0 ? "" : withoutFragment(text.substring(question + 1));
    }

    private static String withoutFragment(String text) {
        var hash = text.indexOf('#');
        return hash < 0 ? text : text.substring(0, hash);
    }

    private static String plain(String host) {
        var lower = host.toLowerCase(Locale.ROOT);
        return lower.startsWith("www.") ? lower.substring("www.".length()) : lower;
    }

    private static Map<String, String> campaign(String query) {
        Map<String, String> campaign = new LinkedHashMap<>();
        for (var parameter : query.split("&", -1)) {
            var equals = parameter.indexOf('=');
            if (equals > 0 && UTM.contains(parameter.substring(0, equals))) {
                decoded(parameter.substring(equals + 1))
                        .filter(value -> !value.isBlank())
                        .ifPresent(value -> campaign.putIfAbsent(parameter.substring(0, equals), value));
            }
        }
        return campaign;
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

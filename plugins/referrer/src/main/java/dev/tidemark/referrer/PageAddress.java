package dev.tidemark.referrer;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The address of a page.
 *
 * @param host in lower case, without {@code www.}
 * @param campaign the UTM parameters of its query, by name
 */
record PageAddress(String host, Map<String, String> campaign) {

    private static final Set<String> UTM =
            Set.of("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content");

    /** Empty: the text is no address with a host. */
    static Optional<PageAddress> of(String text) {
        try {
            var question = text.indexOf('?');
            // browsers send queries that are no URI: they are read apart from it
            var uri = new URI(question < 0 ? withoutFragment(text) : text.substring(0, question));
            var query = question < 0 ? "" : withoutFragment(text.substring(question + 1));
            return Optional.ofNullable(uri.getHost()).map(host -> new PageAddress(plain(host), campaign(query)));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
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

package dev.tidemark.beacon;

import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import graphql.schema.DataFetchingEnvironment;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** GraphQL on one side, the origins on the other. */
final class BeaconResolvers {

    private static final int MOST = 100;
    private static final Pattern ORIGIN =
            Pattern.compile("\\*|https?://([a-z0-9._-]{1,253}|\\[[0-9a-f:]{2,45}])(:\\d{1,5})?");

    private final KnownOrigins origins;

    BeaconResolvers(KnownOrigins origins) {
        this.origins = origins;
    }

    Set<String> allowedOrigins(DataFetchingEnvironment environment) {
        return origins.all(Caller.of(environment).project());
    }

    Payload setAllowedOrigins(DataFetchingEnvironment environment) {
        var project = Caller.of(environment).project();
        Map<String, List<String>> input = environment.getArgumentOrDefault("input", Map.of());
        var wanted = checked(input.getOrDefault("origins", List.of()));
        origins.set(project, wanted);
        return new Payload(wanted);
    }

    private static Collection<String> checked(List<String> sent) {
        if (sent.size() > MOST) {
            throw refusal("A project has at most " + MOST + " origins: * stands for every one.");
        }
        Set<String> origins = new TreeSet<>();
        for (var origin : sent) {
            var written = origin.toLowerCase(Locale.ROOT);
            if (!ORIGIN.matcher(written).matches()) {
                throw refusal("An origin is a scheme, a host and perhaps a port, such as https://shop.example, or *.");
            }
            origins.add(asBrowsersSend(written));
        }
        return origins;
    }

    /** Without the port that its scheme stands for: with it, an origin would be on the list and never come. */
    private static String asBrowsersSend(String origin) {
        var port = origin.startsWith("https:") ? ":443" : ":80";
        return origin.endsWith(port) ? origin.substring(0, origin.length() - port.length()) : origin;
    }

    private static CallerException refusal(String sentence) {
        return new CallerException(ErrorCode.BAD_USER_INPUT, sentence, "origins");
    }

    record Payload(Collection<String> allowedOrigins) {}
}

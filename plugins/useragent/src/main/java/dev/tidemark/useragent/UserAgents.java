package dev.tidemark.useragent;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import ua_parser.CachingParser;
import ua_parser.Parser;

/** What user agents say, by the patterns of the ua-parser project. */
final class UserAgents {

    /** The patterns go back and forth: none of them needs more, and a hostile text gets no more time. */
    private static final int LONGEST = 512;

    private static final String UNKNOWN = "Other";

    private final Parser parser;

    UserAgents(int remembered) {
        this.parser = new CachingParser(remembered);
    }

    /** What is known of it. */
    Map<String, String> properties(String agent) {
        var client = parser.parse(agent.length() > LONGEST ? agent.substring(0, LONGEST) : agent);
        Map<String, String> properties = new LinkedHashMap<>();
        if (isKnown(client.userAgent.family)) {
            properties.put("browser", client.userAgent.family);
            version(properties, "browser_version", client.userAgent.major, client.userAgent.minor);
        }
        if (isKnown(client.os.family)) {
            properties.put("os", client.os.family);
            version(properties, "os_version", client.os.major, client.os.minor);
        }
        if (isKnown(client.device.family)) {
            properties.put("device", client.device.family);
        }
        return properties;
    }

    private static boolean isKnown(@Nullable String family) {
        return family != null && !family.equals(UNKNOWN);
    }

    private static void version(Map<String, String> properties, String name, @Nullable String... parts) {
        var version = Stream.of(parts).filter(Objects::nonNull).collect(Collectors.joining("."));
        if (!version.isEmpty()) {
            properties.put(name, version);
        }
    }
}

package dev.tidemark.geoip;

import com.maxmind.db.Reader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A database of MaxMind. It is mapped into memory, so the heap holds nothing of it, and it may be read by all threads. */
final class Places {

    private static final Logger LOG = LoggerFactory.getLogger(Places.class);

    private final Reader reader;
    private final AtomicBoolean isKnownBroken = new AtomicBoolean();

    private Places(Reader reader) {
        this.reader = reader;
    }

    /** Empty: there is no such file, or it is none of MaxMind's. */
    static Optional<Places> open(Path file) {
        try {
            return Optional.of(new Places(new Reader(file.toFile())));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** What is known of an address; nothing of one that is private or no address. */
    Map<String, String> of(String address) {
        try {
            // of a literal: a name would be looked up in the network
            return of(InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }

    /** Of a database that is broken nothing: what it cannot tell is no reason to refuse an event. */
    private Map<String, String> of(InetAddress address) {
        try {
            Map<?, ?> found = reader.get(address, Map.class);
            return found == null ? Map.of() : properties(found);
        } catch (IOException | RuntimeException | InternalError e) {
            // an InternalError is what the JVM makes of a mapped file that was cut
            if (isKnownBroken.compareAndSet(false, true)) {
                LOG.warn("Events may get no places: the GeoIP database is broken. Replace it, and restart.", e);
            }
            return Map.of();
        }
    }

    private static Map<String, String> properties(Map<?, ?> found) {
        Map<String, String> properties = new LinkedHashMap<>();
        put(properties, "geo_country", member(found.get("country"), "iso_code"));
        if (found.get("subdivisions") instanceof List<?> regions && !regions.isEmpty()) {
            put(properties, "geo_region", member(regions.getFirst(), "iso_code"));
        }
        put(properties, "geo_city", member(member(found.get("city"), "names"), "en"));
        return properties;
    }

    private static @Nullable Object member(@Nullable Object object, String name) {
        return object instanceof Map<?, ?> members ? members.get(name) : null;
    }

    private static void put(Map<String, String> properties, String name, @Nullable Object value) {
        if (value instanceof String text) {
            properties.put(name, text);
        }
    }
}

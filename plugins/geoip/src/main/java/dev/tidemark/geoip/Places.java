package dev.tidemark.geoip;

import com.maxmind.db.InvalidDatabaseException;
import com.maxmind.db.Reader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A database of MaxMind. It is mapped into memory, so the heap holds nothing of it, and it may be read by all threads. */
record Places(Reader reader) {

    /** Empty: there is no such file, or it is none of MaxMind's. */
    static Optional<Places> open(Path file) {
        try {
            return Optional.of(new Places(new Reader(file.toFile())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What is known of an address; nothing of one that is private or no address. */
    Map<String, String> of(String address) {
        try {
            // of a literal: a name would be looked up in the network
            Map<?, ?> found = reader.get(InetAddress.ofLiteral(address), Map.class);
            return found == null ? Map.of() : properties(found);
        } catch (IllegalArgumentException e) {
            return Map.of();
        } catch (InvalidDatabaseException e) {
            throw new IllegalStateException("The GeoIP database is broken.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

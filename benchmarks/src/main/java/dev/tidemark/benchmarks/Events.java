package dev.tidemark.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Events of eight properties, as JSON: the same for the same seed. */
final class Events {

    static final long BATCH = 1_000;

    private static final String[] COUNTRIES = {"US", "DE", "IN", "CN", "FR", "GB"};
    private static final String[] BROWSERS = {"Chrome", "Firefox", "Safari", "Edge"};

    private final Instant end =
            Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).minusSeconds(60);
    private final SplittableRandom random;
    private final boolean messageIds;

    Events(long seed, boolean messageIds) {
        this.random = new SplittableRandom(seed);
        this.messageIds = messageIds;
    }

    String event(String collection) {
        var id = messageIds ? "\"messageId\":\"" + Long.toHexString(random.nextLong()) + "\"," : "";
        return "{\"collection\":\"" + collection + "\",\"time\":\"" + end.minusSeconds(random.nextInt(86_400))
                + "\",\"user\":\"user-"
                + random.nextInt(100_000) + "\"," + id + "\"properties\":{\"url\":\"/products/" + random.nextInt(10_000)
                + "\",\"referrer\":\"https://example.com/" + random.nextInt(1_000) + "\",\"country\":\""
                + COUNTRIES[random.nextInt(COUNTRIES.length)] + "\",\"browser\":\""
                + BROWSERS[random.nextInt(BROWSERS.length)] + "\",\"amount\":" + random.nextInt(10_000) / 100.0
                + ",\"quantity\":" + random.nextInt(10) + ",\"returning\":" + random.nextBoolean() + ",\"session\":\""
                + Long.toHexString(random.nextLong()) + "\"}}";
    }

    /** Requests that each send a batch as a JSON array, for so many senders. */
    static List<List<byte[]>> batches(HttpLoad load, String collection, boolean messageIds, int senders, int batches) {
        List<List<byte[]>> requests = new ArrayList<>();
        for (int sender = 0; sender < senders; sender++) {
            var events = new Events(sender, messageIds);
            requests.add(Stream.generate(() -> load.request("application/json", events.batch(collection)))
                    .limit(batches)
                    .toList());
        }
        return requests;
    }

    private byte[] batch(String collection) {
        return Stream.generate(() -> event(collection))
                .limit(BATCH)
                .collect(Collectors.joining(",", "[", "]"))
                .getBytes(StandardCharsets.UTF_8);
    }
}

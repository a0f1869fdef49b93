package dev.tidemark.server.clickstream;

import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;

/**
 * Clicks spread evenly over time, in the order of their times.
 *
 * @param devices from how many they come
 * @param end the first moment after all of them
 */
public record Clickstream(long rows, int devices, Duration span, Instant end, long seed) {

    static final String HEADER = "time,customer_id,event_type,country,browser,device_id,session_id\n";

    private static final int CUSTOMERS = 1_000;
    private static final int SESSIONS = 100_000;
    private static final List<String> EVENT_TYPES = List.of("click", "buy", "scroll", "download");
    private static final List<String> BROWSERS = List.of("chrome", "firefox", "safari", "opera");

    /** One of them twice, as in the tutorial. */
    private static final List<String> COUNTRIES =
            List.of("United States", "United Kingdom", "India", "France", "Germany", "China", "China");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    /** Writes them as CSV with a header line. */
    public void write(Writer csv) throws IOException {
        var random = new Random(seed);
        var start = end.minus(span).toEpochMilli();
        var step = (double) span.toMillis() / rows;
        csv.write(HEADER);
        for (long row = 0; row < rows; row++) {
            TIME.formatTo(Instant.ofEpochMilli(start + (long) ((row + random.nextDouble()) * step)), csv);
            field(csv, Integer.toString(1 + random.nextInt(CUSTOMERS)));
            field(csv, any(EVENT_TYPES, random));
            field(csv, any(COUNTRIES, random));
            field(csv, any(BROWSERS, random));
            field(csv, Integer.toString(1 + random.nextInt(devices)));
            field(csv, Integer.toString(1 + random.nextInt(SESSIONS)));
            csv.write('\n');
        }
    }

    private static void field(Writer csv, String value) throws IOException {
        csv.write(',');
        csv.write(value);
    }

    private static String any(List<String> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}

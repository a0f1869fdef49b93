package dev.tidemark.benchmarks;

import dev.tidemark.server.clickstream.Clickstream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** The most memory that the server has held after importing more than its heap, made while it is sent, plain and as gzip. */
record ImportMemory() implements Benchmark {

    private static final int MILLIONS = Integer.getInteger("imported-millions", 20);
    private static final int CHUNK = 1 << 16;

    @Override
    public String name() {
        return "import-memory";
    }

    @Override
    public List<Row> run(Site site) throws Exception {
        return List.of(measured(site, false), measured(site, true));
    }

    private static Row measured(Site site, boolean isGzip) throws Exception {
        site.restart();
        var table = new Table(site, isGzip ? "zipped" : "plain", "_id");
        send(site, table.name(), isGzip);
        var work = String.format(
                "resident memory of the server, at most, over an import of %,d rows of CSV%s",
                table.count(), isGzip ? " as gzip" : "");
        table.truncate();
        return Memory.row(site, work);
    }

    private static void send(Site site, String collection, boolean isGzip) throws IOException {
        var address =
                URI.create("http://" + site.host() + "/import?id=memory-" + collection + "&collection=" + collection);
        var request = (HttpURLConnection) address.toURL().openConnection();
        request.setDoOutput(true);
        request.setChunkedStreamingMode(CHUNK);
        request.setRequestProperty("Authorization", "Bearer " + site.masterKey());
        request.setRequestProperty("Content-Type", "text/csv");
        try (var body = request.getOutputStream();
                var csv = new BufferedWriter(
                        new OutputStreamWriter(isGzip ? new GZIPOutputStream(body) : body, StandardCharsets.UTF_8))) {
            var end = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
            new Clickstream(MILLIONS * 1_000_000L, 10_000, Duration.ofDays(7), end, 1).write(csv);
        }
        if (request.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException("The import was answered with " + request.getResponseCode());
        }
    }
}

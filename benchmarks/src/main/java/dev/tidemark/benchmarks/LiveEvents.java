package dev.tidemark.benchmarks;

import dev.tidemark.benchmarks.LiveSocket.Told;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Subscriptions to events while they are stored, and many while none are. */
record LiveEvents() implements Benchmark {

    private static final String COLLECTION = "told";
    private static final int SOCKETS = 100;
    private static final int FILTERS = 50;
    private static final int BUCKETS = 500;
    private static final int EVENTS_A_SECOND = Integer.getInteger("live-events", 5_000);
    private static final int BATCHES_A_SECOND = 20;
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("live-seconds", 20));
    private static final Duration SETTLING = Duration.ofSeconds(3);
    private static final double NINETY_NINE = 0.99;

    @Override
    public String name() {
        return "live";
    }

    @Override
    public List<Row> run(Site site) throws Exception {
        site.restart();
        send(site, Duration.ofSeconds(5));
        List<Load> nobody = new ArrayList<>();
        List<Load> few = new ArrayList<>();
        List<Load> many = new ArrayList<>();
        for (int round = 0; round < Rounds.COUNT; round++) {
            nobody.add(load(site, 0));
            few.add(load(site, FILTERS));
            many.add(load(site, 20 * FILTERS));
        }
        var work = many.getLast().work();
        var memory = Memory.row(
                site, String.format("resident memory of the server, at most, with %d subscribers", 20 * FILTERS));
        return List.of(
                Row.atMost(
                        work + ": commit to frame, 99 of 100",
                        median(many, load -> load.latency(NINETY_NINE)),
                        "ms",
                        "50 ms",
                        Figure.of(50),
                        1),
                memory,
                Row.atMost(
                        work + ": transactions of the database for each commit of events",
                        median(many, Load::transactions),
                        "",
                        FILTERS + " subscribers, no two alike",
                        median(few, Load::transactions),
                        1.1),
                Row.atMost(
                        work + ": the median of a request of 250 events",
                        median(many, Load::request),
                        "ms",
                        "without subscribers",
                        median(nobody, Load::request),
                        1.1),
                idle(site));
    }

    /** Rounds are interleaved, since the server gets warmer. */
    private static Figure median(List<Load> rounds, ToDoubleFunction<Load> number) {
        var sorted = rounds.stream().mapToDouble(number).sorted().toArray();
        return Figure.of(sorted[sorted.length / 2]);
    }

    /**
     * What came of one run.
     *
     * @param latencies of all frames, in milliseconds, sorted
     * @param transactions of the database for each commit of events: a busier server commits more requests at a time, and then
     *     whoever follows has less to do
     * @param request the median of what a request takes, in milliseconds
     */
    private record Load(int subscribers, List<Double> latencies, double transactions, double request) {

        double latency(double part) {
            return latencies.get((int) (part * (latencies.size() - 1)));
        }

        String work() {
            return String.format(
                    "%,d subscribers with %d filters, %,d events/s, %,.0f frames/s",
                    subscribers, FILTERS, EVENTS_A_SECOND, latencies.size() / (double) LENGTH.toSeconds());
        }
    }

    private static Load load(Site site, int subscribers) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var sockets = sockets(client, site, subscribers);
            LockSupport.parkNanos(SETTLING.toNanos());
            send(site, SETTLING);
            sockets.forEach(LiveSocket::forget);
            var before = transactions(client, site);
            var first = commits(site).size();
            var requests = send(site, LENGTH);
            var transactions = transactions(client, site) - before;
            LockSupport.parkNanos(SETTLING.toNanos());
            var committed = commits(site);
            var latencies = sockets.stream()
                    .flatMap(socket -> socket.told().stream())
                    .map(told -> latency(told, committed))
                    .sorted()
                    .toList();
            sockets.forEach(LiveSocket::close);
            return new Load(
                    subscribers,
                    latencies,
                    transactions / (double) (committed.size() - first),
                    requests.get(requests.size() / 2));
        }
    }

    private static Row idle(Site site) throws Exception {
        site.restart();
        try (var client = HttpClient.newHttpClient()) {
            var subscribers = 100 * SOCKETS;
            var sockets = sockets(client, site, subscribers);
            LockSupport.parkNanos(SETTLING.toNanos());
            var row = Memory.row(
                    site,
                    String.format(
                            "resident memory of the server, at most, with %,d idle subscriptions over %d sockets",
                            subscribers, SOCKETS));
            sockets.forEach(LiveSocket::close);
            return row;
        }
    }

    private static List<LiveSocket> sockets(HttpClient client, Site site, int subscribers) {
        List<LiveSocket> sockets = new ArrayList<>();
        for (int i = 0; i < Math.min(SOCKETS, subscribers); i++) {
            sockets.add(new LiveSocket(client, site));
        }
        for (int i = 0; i < subscribers; i++) {
            sockets.get(i % sockets.size()).subscribe(i, COLLECTION, i % FILTERS);
        }
        return sockets;
    }

    /** Sends so many events a second, in batches. What each request took, in milliseconds, sorted. */
    private static List<Double> send(Site site, Duration length) throws Exception {
        var load = new HttpLoad(site, "/collect");
        var random = new SplittableRandom(7);
        var start = System.nanoTime();
        List<Double> took = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var batches = length.toSeconds() * BATCHES_A_SECOND;
            List<Future<Double>> sent = new ArrayList<>();
            for (int batch = 0; batch < batches; batch++) {
                LockSupport.parkNanos(start + batch * 1_000_000_000L / BATCHES_A_SECOND - System.nanoTime());
                var request = load.request("application/json", batch(random));
                sent.add(threads.submit(() -> {
                    var began = System.nanoTime();
                    load.sendAll(List.of(List.of(request)));
                    return (System.nanoTime() - began) / 1e6;
                }));
            }
            for (var each : sent) {
                took.add(each.get());
            }
        }
        return took.stream().sorted().toList();
    }

    private static byte[] batch(SplittableRandom random) {
        return IntStream.range(0, EVENTS_A_SECOND / BATCHES_A_SECOND)
                .mapToObj(i -> "{\"collection\":\"" + COLLECTION + "\",\"user\":\"user-" + random.nextInt(100_000)
                        + "\",\"properties\":{\"bucket\":" + random.nextInt(BUCKETS) + ",\"url\":\"/products/"
                        + random.nextInt(10_000) + "\",\"amount\":" + random.nextInt(10_000) / 100.0 + "}}")
                .collect(Collectors.joining(",", "[", "]"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static double latency(Told told, Map<Long, Instant> committed) {
        var at = committed.getOrDefault(told.commit(), Clock.systemUTC().instant());
        return told.millisSince(at);
    }

    private static Map<Long, Instant> commits(Site site) throws SQLException {
        Map<Long, Instant> commits = new HashMap<>();
        try (var connection = site.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select position, committed_at from _commit")) {
            while (rows.next()) {
                commits.put(
                        rows.getLong(1), rows.getObject(2, OffsetDateTime.class).toInstant());
            }
        }
        return commits;
    }

    /** The times that the server took a connection of one of its pools: for a transaction each. */
    private static long transactions(HttpClient client, Site site) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://" + site.host() + "/metrics"))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith("database_connections_lent_total"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}

package dev.tidemark.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The same questions asked of npm's PostGraphile, on the same table. */
record Postgraphile() implements Benchmark {

    private static final long POLL_NANOS = 100_000_000;

    private record Question(String work, String ours, String theirs) {}

    private static final List<Question> QUESTIONS = List.of(
            new Question("the last rows that pass a filter", """
                    { data { activity { rows(
                        first: 50
                        orderBy: {by: TIME, direction: DESC}
                        where: {and: [{eventType: {eq: "buy"}}, {country: {eq: "China"}}]}
                    ) { nodes { time eventType country browser } } } } }
                    """, """
                    { allVisits(
                        first: 50
                        orderBy: _TIME_DESC
                        filter: {eventType: {equalTo: "buy"}, country: {equalTo: "China"}}
                    ) { nodes { _time eventType country browser } } }
                    """),
            new Question("a sum by day and country", """
                    { data { activity { aggregate(
                        timeBucket: {unit: DAY}
                        groupBy: COUNTRY
                        where: {eventType: {eq: "buy"}}
                    ) { rows { bucket group { country } sum(of: CUSTOMER_ID) } } } } }
                    """, """
                    { allVisits(filter: {eventType: {equalTo: "buy"}}) {
                        groupedAggregates(groupBy: [_TIME_TRUNCATED_TO_DAY, COUNTRY]) { keys sum { customerId } } } }
                    """));

    @Override
    public String name() {
        return "postgraphile";
    }

    @Override
    public List<Row> run(Site site) throws Exception {
        if (!isThere()) {
            System.err.println("  skipped: npx is not on the path, and PostGraphile runs on Node.js");
            return List.of();
        }
        Clicks.fill(site);
        // it does not see tables that have partitions
        site.execute("create view visit as select * from activity");
        var port = Site.freePort();
        var server = start(site, port);
        try (var ours = new Graphql(site);
                var theirs = new Graphql("127.0.0.1:" + port, "")) {
            await(server, theirs);
            return List.of(
                    compare(site, ours, theirs, QUESTIONS.getFirst()),
                    compare(site, ours, theirs, QUESTIONS.getLast()));
        } finally {
            server.descendants().forEach(ProcessHandle::destroy);
            server.destroy();
        }
    }

    private static Row compare(Site site, Graphql ours, Graphql theirs, Question question) throws Exception {
        var answers = List.of(ours.answer(question.ours()), theirs.answer(question.theirs()));
        if (size(answers.getFirst()) != size(answers.getLast())) {
            throw new IllegalStateException("They differ: " + answers);
        }
        var medians = Rounds.medians(
                () -> Figure.withCpu(site, () -> ours.seconds(question.ours())),
                () -> Figure.withCpu(site, () -> theirs.seconds(question.theirs())));
        return Row.atMost(
                String.format("%s, of %,d", question.work(), Clicks.COUNT),
                medians.getFirst(),
                "s",
                "PostGraphile on the same table",
                medians.getLast(),
                1);
    }

    /** How long the list is that an answer leads to. */
    private static int size(JsonNode answer) {
        return answer.isArray() ? answer.size() : size(answer.elements().next());
    }

    private static Process start(Site site, int port) throws IOException {
        var database = site.database();
        var address = database.url()
                .replaceAll("^jdbc:postgresql://", "postgres://" + database.user() + ":" + database.password() + "@");
        return new ProcessBuilder(
                        "npx",
                        "--yes",
                        "-p",
                        "postgraphile@4.14.1",
                        "-p",
                        "@graphile/pg-aggregates@0.1.1",
                        "-p",
                        "postgraphile-plugin-connection-filter@2.3.0",
                        "postgraphile",
                        "--connection",
                        address,
                        "--schema",
                        Site.PROJECT,
                        "--port",
                        Integer.toString(port),
                        "--disable-graphiql",
                        "--disable-query-log",
                        "--append-plugins",
                        "@graphile/pg-aggregates,postgraphile-plugin-connection-filter")
                .redirectErrorStream(true)
                .redirectOutput(site.directory().resolve("postgraphile.log").toFile())
                .start();
    }

    private static void await(Process server, Graphql graphql) throws Exception {
        for (var isReady = false; !isReady; LockSupport.parkNanos(POLL_NANOS)) {
            if (!server.isAlive()) {
                throw new IOException("PostGraphile did not start.");
            }
            try {
                graphql.answer("{ __typename }");
                isReady = true;
            } catch (IOException e) {
                // it does not listen yet
            }
        }
    }

    private static boolean isThere() throws InterruptedException {
        try {
            return new ProcessBuilder("npx", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}

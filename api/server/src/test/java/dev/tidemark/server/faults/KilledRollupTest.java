package dev.tidemark.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.server.ServerProcess;
import dev.tidemark.server.postgres.DatabaseProcesses;
import dev.tidemark.server.postgres.EmbeddedAddress;
import dev.tidemark.server.postgres.RunDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers and databases are killed while events that come late and in no order are rolled up, and buckets made anew. */
class KilledRollupTest {

    private static final String PROJECT = "killed_rollup";

    @TempDir
    private Path directory;

    @Test
    void everyBucketEqualsWhatTheEventsMakeWhateverIsKilledAndABackfillGoesOnFromWhereItWas() throws Exception {
        var data = Files.createDirectories(directory.resolve("data"));
        Files.writeString(
                data.resolve("tidemark.yaml"),
                "cluster:\n  lease: 3s\nrollups:\n  window-events: 20\n  audit-every: 1s\n");
        var home = data.resolve("postgres");
        RunDatabase.copyTo(home);
        try (var server = ServerProcess.embedded(data)) {
            var master = Client.masterOf(server, PROJECT);
            create(master);
            try (var load = new Load(master)) {
                for (int round = 0; round < Figures.ROUNDS; round++) {
                    load.survive(new Killed(server, master, home, round % 2 == 0));
                }
                load.settle("Killed rollup", EmbeddedAddress.of(home), PROJECT);
            }
            try (var books = Books.open(EmbeddedAddress.of(home), PROJECT)) {
                awaitCurrent(books);
                awaitBackfilled(books);
                assertThat(books.value("select sum(_count) - (select count(*) from retried) from _rollup_fine"))
                        .isEqualTo("0");
                assertThat(books.value(difference("date_bin('5 minutes', _time, 'epoch')", "n,", "_rollup_fine")))
                        .isEqualTo("0");
                assertThat(books.value(difference("date_trunc('day', _time, 'Asia/Kolkata')", "", "_rollup_daily")))
                        .isEqualTo("0");
                // of few values sketches are exact, and those of each bucket were held against its events
                assertThat(numbers(master, "fine", "APPROXIMATE_DISTINCT"))
                        .isEqualTo(numbers(master, "retried", "DISTINCT"));
                assertThat(books.value("select sum(drifted) from _rollup")).isEqualTo("0");
            }
            killAmidTheFourthStep(server, master, home);
            server.restart();
            try (var books = Books.open(EmbeddedAddress.of(home), PROJECT)) {
                awaitBackfilled(books);
                assertThat(books.value("select count(*) - count(distinct next) || ' twice' from step"))
                        .isEqualTo("0 twice");
                assertThat(books.value("select count(*) > 4 from step")).isEqualTo("t");
            }
        }
    }

    /** Of a backfill, whose steps note themselves, each in its own transaction. */
    private static void killAmidTheFourthStep(ServerProcess server, Client master, Path home) throws Exception {
        try (var books = Books.open(EmbeddedAddress.of(home), PROJECT)) {
            books.run("create table step (next timestamptz)", """
                    create function note_step() returns trigger language plpgsql security definer as $$
                    begin
                        insert into killed_rollup.step values (new.next);
                        if (select count(*) from killed_rollup.step) = 4 then
                            perform pg_advisory_xact_lock(4);
                        end if;
                        return null;
                    end $$
                    """, """
                    create trigger note_step after update on _rollup_backfill
                    for each row execute function note_step()
                    """, "select pg_advisory_lock(4)");
            backfill(master);
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(books.value("""
                            select count(*) from pg_locks where locktype = 'advisory' and objid = 4 and not granted
                            """)).isEqualTo("1"));
            server.kill();
            assertThat(books.value("select count(*) from step")).isEqualTo("3");
        }
    }

    private static void backfill(Client master) {
        var begun = master.ask("""
                mutation { backfillRollup(input: {name: "fine"}) { rollup { name } userErrors { message } } }
                """);
        assertThat(begun.at("/backfillRollup/rollup/name").asText()).isEqualTo("fine");
    }

    private static JsonNode numbers(Client client, String collection, String measure) {
        return client.ask("""
                { aggregate(collection: "%s", groupBy: {property: "n"}, measures: [
                    {measure: %s, of: "n", as: "numbers"} {measure: TOP, of: "n", n: 5, as: "top"}
                ]) { rows { group measures } } }
                """.formatted(collection, measure));
    }

    private static void create(Client master) {
        var made = master.ask("""
                mutation {
                  declareCollection(input: {name: "retried", properties: [{name: "batch", type: LONG}, {name: "n", type: LONG}]}) {
                    userErrors { message }
                  }
                  fine: createRollup(input: {
                    name: "fine", collection: "retried", dimensions: ["n"], bucket: {unit: MINUTE, every: 5}
                    measures: [
                      {measure: AVG, of: "batch"} {measure: MIN, of: "batch"} {measure: MAX, of: "batch"}
                      {measure: DISTINCT, of: "n"} {measure: TOP, of: "n"}
                    ]
                  }) { userErrors { message } }
                  daily: createRollup(input: {
                    name: "daily", collection: "retried", bucket: {unit: DAY, zone: "Asia/Kolkata"}
                    measures: [{measure: AVG, of: "batch"}, {measure: MIN, of: "batch"}, {measure: MAX, of: "batch"}]
                  }) { userErrors { message } }
                }
                """);
        assertThat(made.findValues("message")).isEmpty();
    }

    private static void awaitCurrent(Books books) {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(books.value("""
                        select string_agg(
                            name || ' ' || coalesce(last_error, (select max(position) from _commit) - position || ' behind'),
                            ', ' order by name)
                        from _rollup
                        """)).isEqualTo("daily 0 behind, fine 0 behind"));
    }

    private static void awaitBackfilled(Books books) {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(books.value("select count(*) from _rollup_backfill"))
                        .isEqualTo("0"));
    }

    /** How many rows are in the rollup and not made by the events, or the other way round. */
    private static String difference(String bucket, String dimensions, String rollup) {
        return """
                with made as (
                    select %1$s, %2$s count(*), sum(batch), count(batch), min(batch), max(batch)
                    from retried
                    group by %1$s, %2$s ()
                ), kept as (
                    select _time, %2$s _count, _sum_batch, _number_batch, _least_batch, _greatest_batch
                    from %3$s
                )
                select count(*)
                from ((table made except all table kept) union all (table kept except all table made)) as different
                """.formatted(bucket, dimensions, rollup);
    }

    /** Amid making all buckets anew, which goes on by itself after the start. */
    private record Killed(ServerProcess server, Client master, Path home, boolean isWithDatabase)
            implements Load.Fault {

        @Override
        public void make() throws IOException {
            backfill(master);
            if (isWithDatabase) {
                new DatabaseProcesses(home).kill();
            }
            server.kill();
        }

        @Override
        public void repair() {
            server.restart();
        }
    }
}

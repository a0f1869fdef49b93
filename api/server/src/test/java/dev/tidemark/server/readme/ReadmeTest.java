package dev.tidemark.server.readme;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.server.ServerProcess;
import dev.tidemark.server.cli.TidemarkCommand;
import dev.tidemark.testkit.Markdown;
import dev.tidemark.testkit.PostgresExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every command and every query of README.md, on a server in a process of its own; its answers are those of SQL. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReadmeTest {

    private static final Path README = Path.of("../../README.md");
    private static final Path BUILD = Path.of("../../.ci/run");
    private static final String ADDRESS = "http://localhost:8080";
    private static final String A_MILLION = "--rows 1000000";
    /** The same to every command that comes after, in a tenth of the time. */
    private static final String FEWER = "--rows 100000";

    private static final String SERVE = "./tidemark serve";
    private static final String TESTS = "./mvnw verify";
    private static final ObjectMapper JSON = new ObjectMapper();

    private ServerProcess server;
    private Shell shell;
    private Sql sql;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    void typeEveryCommand(PostgresAddress database, @TempDir Path directory) throws IOException, InterruptedException {
        sql = new Sql(database);
        shell = new Shell(directory);
        server = ServerProcess.on(database, directory.resolve("data"));
        for (var block : Markdown.blocks(README, "sh")) {
            if (!List.of(SERVE, TESTS).contains(block.code())) {
                var output =
                        shell.run(block.code().replace(ADDRESS, server.url()).replace(A_MILLION, FEWER));
                assertThat(output).as(block.code()).doesNotContain("\"errors\"", "\"detail\"", "\"refusals\":[{");
            }
        }
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void theCommandsToRunAndToTestAreTheTwo() throws IOException {
        assertThat(Markdown.blocks(README, "sh").stream().map(Markdown.Block::code))
                .contains(SERVE, TESTS);
        assertThat(Files.readAllLines(BUILD)).contains(TESTS);
    }

    @Test
    void everyCommandThatIsNamedExists() throws IOException {
        assertThat(found("\\./tidemark ([a-z]+)").map(match -> match.group(1)).distinct())
                .isNotEmpty()
                .allSatisfy(command -> assertThat(TidemarkCommand.run(command, "--help"))
                        .as(command)
                        .isZero());
    }

    @Test
    void everyAddressThatIsNamedAnswers() throws IOException {
        assertThat(found("`(/[a-z/]+)`").map(match -> match.group(1)))
                .contains("/health/live")
                .allSatisfy(path -> assertThat(send(request(path)).statusCode()).isEqualTo(200));
    }

    @TestFactory
    Stream<DynamicTest> everyQueryIsAnswered() {
        return Markdown.blocks(README, "graphql").stream()
                .map(block -> DynamicTest.dynamicTest(
                        "line " + block.line(),
                        () -> assertThat(answer(block.code()))
                                .isNotEmpty()
                                .noneMatch(field -> field.isNull() || (field.isContainerNode() && field.isEmpty()))));
    }

    @Test
    void whatAdministratorsAskIsAnswered() throws IOException {
        assertThat(found("`(\\{ [a-z].* \\})`").map(match -> match.group(1)))
                .isNotEmpty()
                .allSatisfy(
                        query -> assertThat(ask(query, ServerProcess.ADMIN_KEY)).isNotEmpty());
    }

    @Test
    void eventsAndDevicesByCountryAreThoseOfSql() throws IOException, InterruptedException {
        var answer = rows(
                question("country"),
                row -> row.at("/group/country").asText() + "|" + row.at("/measures/count") + "|"
                        + row.at("/measures/devices"));

        assertThat(answer).isEqualTo(sql.rows("""
                select country, count(*), count(distinct _anonymous)
                from demo.click
                group by country
                order by count(*) desc, country
                """));
        assertThat(answer).hasSize(6);
    }

    @Test
    void clicksByDayInNewYorkAreThoseOfSql() throws IOException, InterruptedException {
        assertThat(rows(question("New_York"), ReadmeTest::bucket))
                .isEqualTo(sql.rows("""
                with found as (
                  select date_trunc('day', _time at time zone 'America/New_York') as day, count(*) as clicks
                  from demo.click
                  where customer_id = 7
                  group by 1)
                select
                  to_char(every.day at time zone 'America/New_York' at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                  coalesce(clicks, 0)
                from generate_series((select min(day) from found), (select max(day) from found), '1 day') as every(day)
                left join found on found.day = every.day
                order by 1
                """))
                .hasSizeGreaterThan(6);
    }

    /** The days have no gaps, as every customer is there each day. */
    @Test
    void gapsAreFilledAsInSql() throws IOException, InterruptedException {
        var question = question("New_York").replace("unit: DAY", "unit: MINUTE, every: 15");

        var answer = rows(question, ReadmeTest::bucket);

        assertThat(answer).isEqualTo(sql.rows("""
                with found as (
                  select date_bin('15 minutes', _time, 'epoch') as quarter, count(*) as clicks
                  from demo.click
                  where customer_id = 7
                  group by 1)
                select to_char(every.quarter at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), coalesce(clicks, 0)
                from generate_series(
                  (select min(quarter) from found), (select max(quarter) from found), '15 minutes') as every(quarter)
                left join found on found.quarter = every.quarter
                order by 1
                """));
        assertThat(answer).anyMatch(row -> row.endsWith("|0"));
    }

    @Test
    void theBusiestDevicesAreThoseOfSql() throws IOException, InterruptedException {
        var devices = ask(question("TOP"), shell.key("READ_KEY")).at("/aggregate/rows/0/measures/devices");

        assertThat(elements(devices).map(device -> device.get("value").asText() + "|" + device.get("count")))
                .isEqualTo(sql.rows("""
                select _anonymous, count(*)
                from demo.click
                group by _anonymous
                order by count(*) desc, _anonymous
                limit 10
                """));
    }

    @Test
    void thoseWhoClickAndBuyAreThoseOfSql() throws IOException, InterruptedException {
        var steps = ask(question("funnel"), shell.key("READ_KEY")).at("/funnel/rows/0/steps");

        assertThat(elements(steps).map(step -> step.get("count").asText()))
                .isEqualTo(sql.rows("""
                with action as (
                  select _anonymous, event_type, _time, _id from demo.click where _time < '2026-01-02T00:00:00Z')
                select count(distinct _anonymous) from action where event_type = 'click'
                union all
                select count(distinct clicked._anonymous)
                from action as clicked
                join action as bought using (_anonymous)
                where clicked.event_type = 'click'
                and bought.event_type = 'buy'
                and (bought._time, bought._id) > (clicked._time, clicked._id)
                and bought._time < clicked._time + interval '1 hour'
                """))
                .hasSize(2);
    }

    @Test
    void thoseWhoBuyAgainAreThoseOfSql() throws IOException, InterruptedException {
        var cohorts = ask(question("retention"), shell.key("READ_KEY")).at("/retention/rows");

        assertThat(elements(cohorts)
                        .flatMap(cohort -> elements(cohort.get("periods"))
                                .map(period -> cohort.get("cohort").asText() + "|" + cohort.get("size") + "|"
                                        + period.get("period") + "|" + period.get("count"))))
                .isEqualTo(sql.rows("""
                with bought as (
                  select _anonymous, (_time at time zone 'UTC')::date as day, count(*) as times
                  from demo.click
                  where event_type = 'buy' and _time >= '2026-01-01T00:00:00Z' and _time < '2026-01-04T00:00:00Z'
                  group by 1, 2),
                cohort as (
                  select *, count(*) over (partition by first) as size
                  from (select _anonymous, min(day) as first from bought group by 1) as of_each)
                select first || 'T00:00:00Z', size, day - first, count(*) filter (where day > first or times > 1)
                from cohort
                join bought using (_anonymous)
                group by first, size, day
                order by first, day
                """))
                .hasSize(6);
    }

    private static String bucket(JsonNode row) {
        return row.get("bucket").asText() + "|" + row.at("/measures/count");
    }

    /** README's one query that has a word in it. */
    private static String question(String word) {
        return Markdown.blocks(README, "graphql").stream()
                .map(Markdown.Block::code)
                .filter(code -> code.contains(word))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<MatchResult> found(String pattern) throws IOException {
        return Pattern.compile(pattern).matcher(Files.readString(README)).results();
    }

    private List<String> rows(String query, Function<JsonNode, String> text) {
        return elements(ask(query, shell.key("READ_KEY")).at("/aggregate/rows"))
                .map(text)
                .toList();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private JsonNode ask(String query, String key) {
        try {
            var answer = send(request("/graphql")
                    .header("Authorization", "Bearer " + key)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("query", query)))));
            var body = JSON.readTree(answer.body());
            assertThat(body.has("errors")).as(answer.body()).isFalse();
            return body.get("data");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode answer(String operation) throws IOException, InterruptedException {
        if (operation.startsWith("subscription")) {
            return told(operation);
        }
        return ask(operation, shell.key(operation.startsWith("mutation") ? "MASTER_KEY" : "READ_KEY"));
    }

    /** What an event stream tells first, of what is sent once it has begun. */
    private JsonNode told(String subscription) throws IOException, InterruptedException {
        var stream = client.send(
                request("/graphql")
                        .header("Authorization", "Bearer " + shell.key("READ_KEY"))
                        .header("Content-Type", "application/json")
                        .header("Accept", "text/event-stream")
                        .POST(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("query", subscription))))
                        .build(),
                BodyHandlers.ofLines());
        send(request("/collect")
                .header("Authorization", "Bearer " + shell.key("WRITE_KEY"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"collection\": \"signup\", \"user\": \"eve\", \"properties\": {\"plan\": \"pro\"}}")));
        try (var lines = stream.body()) {
            var told =
                    lines.filter(line -> line.startsWith("data: ")).findFirst().orElseThrow();
            return JSON.readTree(told.substring("data: ".length())).get("data");
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}

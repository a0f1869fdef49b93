package dev.tidemark.server.upload;

import static dev.tidemark.server.upload.Typed.tidemark;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.server.TestServer;
import dev.tidemark.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./tidemark generate} and {@code ./tidemark import}, as a person uses them. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportTest {

    private static final int ROWS = 100_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private PostgresAddress database;
    private TestServer server;

    @BeforeAll
    void start(PostgresAddress address) {
        database = address;
        server = TestServer.start(address);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void anImportedFileGivesTheNumbersThatSqlGives() throws Exception {
        createProject("clicks");
        var clicks = Clicks.generate(directory.resolve("clicks.csv"), ROWS);

        var first = importInto("clicks", clicks.file());
        var second = importInto("clicks", clicks.file());

        assertThat(first).endsWith("100,000 rows: 100,000 stored.\n");
        assertThat(second).contains("is imported already (100,000 rows: 100,000 stored)");
        clicks.assertImported(database, "clicks");
        assertDashboardIsRight();
    }

    @Test
    void aFileThatHasGrownIsImportedFromWhereItEndedAndAnotherOfItsNameWhole() throws Exception {
        createProject("grown");
        var file = directory.resolve("grown.csv");

        Files.writeString(file, "a\n1\n2\n");
        assertThat(importInto("grown", file)).contains("2 rows: 2 stored");
        Files.writeString(file, "a\n1\n2\n3\n");
        assertThat(importInto("grown", file)).contains("Went on at row 2. 3 rows: 3 stored");
        assertThat(importInto("grown", file)).contains("Went on at row 3. 3 rows: 3 stored");
        Files.writeString(file, "a\n7\n8\n9\n10\n");
        assertThat(importInto("grown", file)).contains("4 rows: 4 stored");

        assertThat(server.ask("grown", "{ collections { eventCount } }")).contains("\"eventCount\":7");
    }

    @Test
    void aProjectThatIsNotThereIsToBeMade() throws Exception {
        var file = Files.writeString(directory.resolve("a.csv"), "a\n1\n");

        try (var typed = tidemark(
                "import", file.toString(), "--project", "nowhere", "--collection", "click", "--url", server.url())) {

            assertThat(typed.output())
                    .contains("./tidemark project create nowhere")
                    .hasLineCount(1);
            assertThat(typed.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void aFileThatIsMisunderstoodIsRefusedInOneSentence() throws Exception {
        createProject("misunderstood");
        var file = Files.writeString(directory.resolve("semicolons.csv"), "time;a\n2026-01-31;1\n");

        var output = importInto("misunderstood", file, "--delimiter", ",");

        assertThat(output).contains("delimiter=;").hasLineCount(1);
    }

    @Test
    void aDryRunShowsTheColumnsAndTheFirstProblems() throws Exception {
        createProject("rehearsed");
        var file = Files.writeString(
                directory.resolve("people.csv"), "ts;who;zip\n2026-11-20;ada;01067\nsoon;bob;10115\n");

        var output = importInto(
                "rehearsed",
                file,
                "--dry-run",
                "--time",
                "ts",
                "--user",
                "who",
                "--rename",
                "zip=plz",
                "--type",
                "zip=text");

        assertThat(output)
                .containsPattern("_user +TEXT +1 +ada")
                .containsPattern("plz +TEXT +1 +01067")
                .contains("2 rows: 1 would be refused", "Nothing was stored.", "Line 3, column 1 (ts)");
        assertThat(server.ask("rehearsed", "{ collections { name } }")).doesNotContain("click");
    }

    @Test
    void aFileOfManyKindsOfEventsNamesTheirColumn() throws Exception {
        createProject("kinds");
        var file = Files.writeString(directory.resolve("kinds.csv"), "event,n\nopen,1\nclose,2\nopen,3\n");
        var command = new String[] {"import", file.toString(), "--project", "kinds", "--collection-from", "event"};

        assertThat(run(with(command, "--dry-run")))
                .containsPattern("open:\\R *n +LONG +2 +1, 3")
                .containsPattern("close:\\R *n +LONG +1 +2");
        assertThat(run(command)).contains("3 rows: 3 stored");
        Files.writeString(file, "event,n\nopen,1\nclose,2\nopen,3\nclose,4\n");
        assertThat(run(command)).contains("Went on at row 3. 4 rows: 4 stored");

        assertThat(server.ask("kinds", "{ collections { name eventCount } }"))
                .contains("\"name\":\"open\",\"eventCount\":2", "\"name\":\"close\",\"eventCount\":2");
        assertThat(run("import", file.toString(), "--project", "kinds"))
                .contains("--collection=NAME | --collection-from=COLUMN");
    }

    @Test
    void whatIsExportedCanBeImportedAgain() throws Exception {
        createProject("around");
        var events = Files.writeString(directory.resolve("events.ndjson"), """
                {"time":"2026-11-20T12:00:00.123456Z","_user":"a\\"b","_anonymous":"v","text":"€ \\n, \\"x\\"",\
                "zip":"01067","tags":["a","b"],"big":9007199254740993,"amount":1.10,"day":"2026-01-31","ok":true,\
                "place":{"city":"Bonn"},"mixed":[1,"a",{"x":null}]}
                {"time":"2026-11-20T12:00:01Z","text":"-","big":7,"tags":[],"zip":"=1+1","ok":"no boolean"}
                """);
        var types = List.of("--type", "zip=text", "--type", "amount=numeric", "--type", "big=long");
        assertThat(importInto("around", "one", events, types)).contains("2 rows: 2 stored");

        for (var format : List.of("ndjson", "csv")) {
            var file = directory.resolve("around." + format);
            assertThat(run("export", file.toString(), "--project", "around", "--collection", "one"))
                    .contains("bytes");
            assertThat(run("export", "-", "--format", format, "--project", "around", "--collection", "one"))
                    .isEqualTo(Files.readString(file));
            assertThat(importInto("around", "from_" + format, file, types)).contains("2 rows: 2 stored");

            assertThat(events("from_" + format)).as(format).isEqualTo(events("one"));
            assertThat(types("from_" + format)).as(format).isEqualTo(types("one"));
        }
    }

    private String events(String table) throws SQLException {
        return text("select string_agg((to_jsonb(t) - '_id' - '_received_at')::text, E'\\n' order by _time) from "
                + table + " t");
    }

    private String types(String table) throws SQLException {
        return text("""
                select string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' order by attname)
                from pg_attribute
                where attnum > 0 and attrelid = '%s'::regclass
                """.formatted(table));
    }

    private String text(String sql) throws SQLException {
        try (var connection = Clicks.connect(database, "around");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private String importInto(String project, Path file, String... options) throws IOException {
        return importInto(project, "click", file, List.of(options));
    }

    private String importInto(String project, String collection, Path file, List<String> options) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("import", file.toString(), "--project", project, "--collection", collection));
        command.addAll(options);
        return run(command.toArray(String[]::new));
    }

    private static String[] with(String[] command, String option) {
        return Stream.concat(Stream.of(command), Stream.of(option)).toArray(String[]::new);
    }

    private String run(String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--url", server.url()));
        try (var typed = tidemark(all.toArray(String[]::new))) {
            return typed.output();
        }
    }

    private void assertDashboardIsRight() throws IOException, SQLException {
        var rows = ask("""
                {
                  aggregate(
                    collection: "click"
                    measures: [{ measure: COUNT }, { measure: DISTINCT, of: "device_id", as: "devices" }]
                    groupBy: [{ property: "country" }]
                  ) { rows { group measures } }
                }
                """, "Tidemark-Project", "clicks").at("/data/aggregate/rows");

        assertThat(rows).hasSize(6);
        try (var connection = Clicks.connect(database, "clicks")) {
            for (var row : rows) {
                var country = " from click where country = '"
                        + row.at("/group/country").asText() + "'";
                assertThat(row.at("/measures/count").asLong())
                        .isEqualTo(Clicks.count(connection, "select count(*)" + country));
                assertThat(row.at("/measures/devices").asLong())
                        .isEqualTo(Clicks.count(connection, "select count(distinct device_id)" + country));
            }
        }
    }

    private void createProject(String slug) throws IOException {
        var mutation = "mutation { createProject(input: {slug: \"" + slug + "\"}) { project { slug } } }";
        assertThat(ask(mutation).at("/data/createProject/project/slug").asText())
                .isEqualTo(slug);
    }

    private JsonNode ask(String query, String... headers) throws IOException {
        var all = new ArrayList<>(
                List.of("Content-Type", "application/json", "Authorization", "Bearer " + TestServer.ADMIN_KEY));
        all.addAll(List.of(headers));
        var body = JSON.writeValueAsString(Map.of("query", query));
        return JSON.readTree(
                server.post("/graphql", body, all.toArray(String[]::new)).body());
    }
}

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

        var output = importInto("misunderstood", file);

        assertThat(output).contains("delimiter=;").hasLineCount(1);
    }

    @Test
    void aSeedAndAnEndMakeOneFile() throws Exception {
        var one = directory.resolve("one.csv");
        var other = directory.resolve("other.csv");

        generate(one, "7");
        generate(other, "7");
        var third = generate(directory.resolve("third.csv"), "8");

        assertThat(one).hasSameTextualContentAs(other);
        assertThat(Files.readString(one)).isNotEqualTo(Files.readString(third));
        assertThat(Files.readAllLines(one)).hasSize(101).allMatch(line -> line.split(",").length == 7);
        assertThat(Files.readAllLines(one).get(1)).startsWith("2026-01-01T");
        assertThat(Files.readAllLines(one).getLast()).startsWith("2026-01-03T");
    }

    private Path generate(Path file, String seed) throws Exception {
        try (var typed = tidemark(
                "generate",
                file.toString(),
                "--rows",
                "100",
                "--days",
                "3",
                "--seed",
                seed,
                "--end",
                "2026-01-04T00:00:00Z")) {
            assertThat(typed.exitCode()).as(typed.output()).isZero();
            return file;
        }
    }

    private String importInto(String project, Path file) throws IOException {
        try (var typed = tidemark(
                "import", file.toString(), "--project", project, "--collection", "click", "--url", server.url())) {
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

package dev.tidemark.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Scope;
import dev.tidemark.testkit.ModuleConformance;
import dev.tidemark.testkit.TestProject;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExportsModuleTest extends ModuleConformance {

    private static final Instant TIME = Instant.parse("2026-01-31T12:34:56.789123Z");

    private static final String STREAM =
            "datname = current_database() and state = 'idle in transaction' and query like '%\"visit\"%'"
                    + " and pid <> pg_backend_pid()";

    private PostgresAddress database;
    private TestProject project;
    private String key;

    @Override
    protected String module() {
        return "exports";
    }

    @BeforeAll
    void know(PostgresAddress address) {
        database = address;
    }

    @BeforeEach
    void makeProject() {
        project = engine().project();
        key = project.key(Scope.READ);
    }

    @Test
    void eventsAreLinesAsCollectTakesThem() throws IOException {
        project.collect(
                Event.of("visit")
                        .at(TIME)
                        .by("ada")
                        .byVisitor("v")
                        .withMessageId("m")
                        .with("Page Title", "A \"b\"\n€"),
                Event.of("visit").at(TIME).with("n", 9_007_199_254_740_993L).with("tags", List.of("x", "y")));

        var answer = get("collection=visit&orderBy=_id");

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        assertThat(answer.body()).isEqualTo("""
                {"collection":"visit","time":"2026-01-31T12:34:56.789123Z","user":"ada","anonymous":"v","messageId":"m",\
                "properties":{"Page Title":"A \\"b\\"\\n€"}}
                {"collection":"visit","time":"2026-01-31T12:34:56.789123Z",\
                "properties":{"n":"9007199254740993","tags":["x","y"]}}
                """);
    }

    @Test
    void allThatIsStoredAboutAPersonIsOneFile() throws IOException {
        project.collect(
                Event.of("visit").at(TIME).by("ada").with("page", "/"),
                Event.of("buy").at(TIME).byVisitor("ada").with("price", 5),
                Event.of("buy").at(TIME).by("bob").byVisitor("ada").with("price", 7));

        var answer = person("id=ada");

        assertThat(answer.body().lines()).containsExactlyInAnyOrder("""
                {"relation":"person","row":{"_person":"ada","ids":["ada"]}}""", """
                {"collection":"visit","time":"2026-01-31T12:34:56.789123Z","user":"ada","properties":{"page":"/"}}""", """
                {"collection":"buy","time":"2026-01-31T12:34:56.789123Z","anonymous":"ada","properties":{"price":5}}""");
        assertThat(reading("id=ada").statusCode()).isEqualTo(403);
        assertThat(person("id=").statusCode()).isEqualTo(400);
        assertThat(person("id=ada&first=3").body()).contains("nothing else");
        assertThat(project.query("{ auditLog(act: \"export\") { nodes { subject } } }"))
                .hasToString("{auditLog={nodes=[{subject=person}]}}");
    }

    @Test
    void theSameAsCsv() throws IOException {
        project.collect(
                Event.of("visit")
                        .at(TIME)
                        .by("=1+1")
                        .with("Page Title", "A \"b\",\nc")
                        .with("tags", List.of("x", "y")),
                Event.of("visit").at(TIME).with("day", LocalDate.of(2026, 1, 31)));

        var answer = get("collection=visit&orderBy=_id&format=csv");

        assertThat(answer.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
        assertThat(answer.body()).isEqualTo("""
                _time,_user,_anonymous,_message_id,_extra,Page Title,tags,day\r
                2026-01-31T12:34:56.789123Z,=1+1,,,,"A ""b"",
                c","[""x"",""y""]",\r
                2026-01-31T12:34:56.789123Z,,,,,,,2026-01-31\r
                """);
    }

    @Test
    void aTextInAColumnOfJsonIsToldFromWhatItLooksLike() throws IOException {
        project.query("""
                mutation { declareCollection(input: {name: "visit", properties: [
                    {name: "j", type: JSON}, {name: "t", type: TEXT}]}) { userErrors { message } } }
                """);
        for (Object value : List.of("1.10", 1L, "TRUE", true, "[1]", List.of(1L), "\"", "plain", "")) {
            project.collect(Event.of("visit").with("j", value).with("t", value.toString()));
        }

        assertThat(get("collection=visit&columns=j,t&orderBy=_id&format=csv")
                        .body()
                        .lines())
                .containsExactly(
                        "j,t",
                        "\"\"\"1.10\"\"\",1.10",
                        "1,1",
                        "\"\"\"TRUE\"\"\",TRUE",
                        "true,true",
                        "\"\"\"[1]\"\"\",[1]",
                        "[1],[1]",
                        "\"\"\"\\\"\"\"\"\",\"\"\"\"",
                        "plain,plain",
                        "\"\",\"\"");
    }

    @Test
    void rowsColumnsAndOrderCanBeChosen() throws IOException {
        for (int i = 0; i < 5; i++) {
            project.collect(Event.of("visit").at(TIME.plusSeconds(i)).with("n", (long) i));
        }

        var answer = get("collection=visit&columns=n,_time&orderBy=-n&first=2&from=2026-01-31T12%3A34%3A57Z"
                + "&until=2026-01-31T12%3A35%3A00Z&where="
                + URLEncoder.encode("{\"property\":{\"name\":\"n\",\"ne\":2}}", StandardCharsets.UTF_8));

        assertThat(answer.body()).isEqualTo("""
                {"n":3,"_time":"2026-01-31T12:34:59.789123Z"}
                {"n":1,"_time":"2026-01-31T12:34:57.789123Z"}
                """);
    }

    @Test
    void anAggregateIsARowAGroup() throws IOException {
        project.collect(
                Event.of("visit").with("page", "a").with("n", 1L),
                Event.of("visit").with("page", "a").with("n", 2L),
                Event.of("visit").with("page", "b").with("n", 5L));
        var question = """
                {"collection": "visit", "measures": [{"measure": "COUNT"}, {"measure": "SUM", "of": "n"},
                  {"measure": "TOP", "of": "n", "n": 1, "as": "top"}], "groupBy": [{"property": "page"}]}""";

        assertThat(post(question, "").body()).isEqualTo("""
                {"page":"a","count":2,"sum_n":3,"top":[{"value":1,"count":1}]}
                {"page":"b","count":1,"sum_n":5,"top":[{"value":5,"count":1}]}
                """);
        assertThat(post(question, "?format=csv").body()).startsWith("page,count,sum_n,top\r\na,2,3,");
    }

    @Test
    void whatIsWrongWithTheQuestionIsRefusedBeforeAnythingIsSent() throws IOException {
        project.collect(Event.of("visit").with("page", "a"));

        assertThat(get("collection=visit&columns=pgae&format=csv"))
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(400))
                .satisfies(answer -> assertThat(answer.body()).contains("pgae", "page"));
        assertThat(get("collection=visitt").body()).contains("visitt");
        assertThat(get("collection=visit&columns=page,page").body()).contains("each of them once");
        assertThat(get("collection=visit&where=%7B%22propety%22%3A%7B%7D%7D").body())
                .contains("where: Condition has no field \"propety\". Did you mean \"property\"?");
        assertThat(get("collection=visit&where=%5B").body()).contains("Line 1");
        assertThat(get("collection=visit&limit=3").body()).contains("There is no parameter limit");
        assertThat(get("collection=visit&first=0").body()).contains("first is a number of rows");
        assertThat(post("""
                {"collection": "visit", "measures": [{"measure": "COUNT"}], "compare": "PREVIOUS_DAY",
                  "where": {"property": {"name": "_time", "gte": "2026-01-01T00:00:00Z", "lt": "2026-01-02T00:00:00Z"}}}
                """, "").body()).contains("no place for an earlier time");
        assertThat(post("{\"collection\":\"visit\",\"groupBy\":[]}", "").body()).contains("groupBy");
        assertThat(post("{\"collection\":\"visit\",\"measures\":[{\"measure\":\"MODE\"}]}", "")
                        .body())
                .contains("measures[0].measure: MeasureKind has no value \"MODE\".");
    }

    @Test
    void aKeyThatOnlyWritesReadsNothing() throws IOException {
        var answer = site().send(request("/export?collection=visit").setHeader("X-API-Key", project.key(Scope.WRITE)));

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void anExportThatFailsAmidItsRowsEndsInAnError() throws Exception {
        collectMany();

        try (var body = site().open(request("/export?collection=visit")).body()) {
            body.readNBytes(1_000);
            await().until(() -> endStreams() == 1);

            assertThatExceptionOfType(IOException.class).isThrownBy(body::readAllBytes);
        }
    }

    @Test
    void anExportEndsWhenItsKeyIsRevoked() throws Exception {
        collectMany();

        try (var body = site().open(request("/export?collection=visit")).body()) {
            body.readNBytes(1_000);
            revokeKeys();

            assertThatExceptionOfType(IOException.class).isThrownBy(body::readAllBytes);
        }
    }

    @Test
    void aClientThatGoesFreesItsConnection() throws Exception {
        collectMany();

        site().open(request("/export?collection=visit")).body().close();

        await().until(() -> streams() == 0);
    }

    /** More than sockets hold. */
    private void collectMany() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            events.add(Event.of("visit").at(TIME).with("n", (long) i).with("text", "x".repeat(1_000)));
        }
        engine().engine().events().collect(project.project(), events, Origin.of("test", TIME));
    }

    private void revokeKeys() {
        var keys = (List<?>) project.query("{ apiKeys { id } }").get("apiKeys");
        assertThat(keys).isNotEmpty().allSatisfy(each -> {
            var id = Map.of("id", ((Map<?, ?>) each).get("id"));
            project.query("mutation($id: ID!) { revokeApiKey(input: {id: $id}) { revokedId } }", id);
        });
    }

    private long endStreams() throws SQLException {
        return sql("select count(pg_terminate_backend(pid)) from pg_stat_activity where " + STREAM);
    }

    private long streams() throws SQLException {
        return sql("select count(*) from pg_stat_activity where " + STREAM);
    }

    private long sql(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private HttpResponse<String> get(String parameters) throws IOException {
        return site().send(request("/export?" + parameters));
    }

    private HttpResponse<String> person(String parameters) throws IOException {
        return site().send(request("/export/person?" + parameters, project.key(Scope.MASTER)));
    }

    /** The same with a key that may only ask questions. */
    private HttpResponse<String> reading(String parameters) throws IOException {
        return site().send(request("/export/person?" + parameters));
    }

    private HttpResponse<String> post(String question, String parameters) throws IOException {
        return site().send(request("/export" + parameters).POST(BodyPublishers.ofString(question)));
    }

    private HttpRequest.Builder request(String path) {
        return request(path, key);
    }

    private HttpRequest.Builder request(String path, String with) {
        return HttpRequest.newBuilder(site().uri(path)).header("X-API-Key", with);
    }
}

package dev.tidemark.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Scope;
import dev.tidemark.testkit.ModuleConformance;
import dev.tidemark.testkit.TestProject;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImportsModuleTest extends ModuleConformance {

    private PostgresAddress database;

    @AutoClose
    private ImportServer server;

    private TestProject project;
    private Rows rows;
    private String key;

    @Override
    protected String module() {
        return "imports";
    }

    @Override
    protected void fill(TestProject filled, String text) {
        var answer =
                server.upload(filled.key(Scope.WRITE), "collection=" + text + "&id=" + text, text + "\n" + text + "\n");
        assertThat(answer.count("stored")).as(answer.body()).isEqualTo(1);
    }

    @BeforeAll
    void listen(PostgresAddress address) {
        database = address;
        server = new ImportServer(engine());
    }

    @BeforeEach
    void makeProject() {
        project = engine().project();
        rows = new Rows(database, project);
        key = project.key(Scope.WRITE);
    }

    @Test
    void aFileBecomesTypedEvents() {
        var answer = upload("f", """
                time,user,customer_id,amount,country
                2026-01-31T12:34:56.789Z,ada,7,1.5,DE
                2026-01-31 12:35:00,,8,2,FR
                """);

        assertThat(answer.body())
                .isEqualTo("{\"id\":\"f\",\"rows\":2,\"stored\":2,\"warned\":0,\"duplicates\":0,\"refused\":0,"
                        + "\"finished\":true,\"resumedAt\":0,\"problems\":[]}");
        assertThat(rows.all("""
                select concat_ws(' ', _time at time zone 'UTC', _user, customer_id, amount, country)
                from click
                order by _time
                """)).containsExactly("2026-01-31 12:34:56.789 ada 7 1.5 DE", "2026-01-31 12:35:00 8 2 FR");
        assertThat(rows.all("""
                select format_type(atttypid, atttypmod)
                from pg_attribute
                where attrelid = 'click'::regclass and attname in ('amount', 'country', 'customer_id')
                order by attname
                """)).containsExactly("double precision", "text", "bigint");
    }

    @Test
    void aFinishedImportAddsNothing() {
        upload("f", "a\n1\n2\n");

        var again = upload("f", "a\n1\n2\n");

        assertThat(again.count("rows")).isEqualTo(2);
        assertThat(again.count("resumedAt")).isEqualTo(2);
        assertThat(rows.count("select count(*) from click")).isEqualTo(2);
    }

    @Test
    void aFinishedImportGoesOnWithAFileThatHasGrownAndWithNoOther() {
        upload("f", "a\n1\n2\n");

        var grown = upload("f", "a\n1\n2\n3\n");
        var other = upload("f", "a\n1\n9\n3\n");

        assertThat(grown.count("resumedAt")).isEqualTo(2);
        assertThat(grown.count("stored")).isEqualTo(3);
        assertThat(grown.isFinished()).isTrue();
        assertThat(other.is(ErrorCode.CONFLICT)).isTrue();
        assertThat(other.body()).contains("another file");
        assertThat(rows.all("select a from click order by a")).containsExactly("1", "2", "3");
    }

    @Test
    void theSameFileUnderAnotherIdIsImportedOnceMore() {
        upload("f", "a\n1\n");
        upload("g", "a\n1\n");

        assertThat(rows.count("select count(*) from click")).isEqualTo(2);
    }

    @Test
    void aRowThatCannotBeReadIsADeadLetterAndTheRestIsStored() {
        var answer = upload("f", "time,a\n2026-01-31,1\nsoon,2\n2026-01-31,3,4\n1066-10-14,5\n2026-01-31,6\n");

        assertThat(answer.count("stored")).isEqualTo(2);
        assertThat(answer.count("refused")).isEqualTo(3);
        assertThat(rows.all("select code from _dead_letter order by code"))
                .containsExactly("bad_time", "time_out_of_range", "wrong_columns");
        assertThat(rows.all("select raw from _dead_letter where code = 'wrong_columns'"))
                .containsExactly("time,a\n2026-01-31,3,4");
        assertThat(rows.all("select source from _dead_letter")).containsOnly("import");
    }

    @Test
    void aRefusedRowIsSentAgainWithAPatchOfWhatWasWrong() {
        upload("csv", "time,user,zip,n\n2026-01-31,,,1\nsoon,ada,01099,2\n", "&type=zip=text");
        upload("json", """
                {"ts":"2026-01-31T00:00:00Z","n":3}
                {"ts":"later","who":"bob","n":4}
                """, "&time=ts&user=who");

        var retried = project.query("""
                mutation {
                  retryDeadLetters(input: {where: {source: ["import"]}, patch: {time: "2026-02-01T00:00:00Z"}}) {
                    stored refused
                  }
                }
                """);

        assertThat(retried.toString()).contains("stored=2, refused=0");
        assertThat(rows.all("select concat_ws(' ', _user, zip, n) from click where _time = '2026-02-01Z' order by n"))
                .containsExactly("ada 01099 2", "bob 4");
    }

    @Test
    void aRowWithTheWrongNumberOfFieldsIsReplacedByAWholeEvent() {
        upload("f", "time,user,n\n2026-01-31,ada,1\n2026-01-31,bob,2,3\n");
        var letter = project.query("{ deadLetters(where: {code: [\"wrong_columns\"]}) { nodes { id } } }")
                .toString()
                .replaceAll(".*id=([^}]*)}.*", "$1");
        var retry = """
                mutation($dry: Boolean!) {
                  retryDeadLetters(input: {
                    ids: ["%s"]
                    dryRun: $dry
                    patch: {collection: "click", time: "2026-01-31T00:00:00Z", user: "bob", properties: {n: 23}}
                  }) { stored refused }
                }
                """.formatted(letter);

        var rehearsed = project.query(retry, Map.of("dry", true));
        var retried = project.query(retry, Map.of("dry", false));

        assertThat(rehearsed.toString()).contains("stored=1, refused=0");
        assertThat(retried.toString()).contains("stored=1, refused=0");
        assertThat(rows.all("select concat_ws(' ', _user, n) from click order by n"))
                .containsExactly("ada 1", "bob 23");
        assertThat(rows.count("select count(*) from _dead_letter")).isZero();
    }

    @Test
    void theAnswerNamesTheRowsThatWereRefused() {
        var answer = upload("f", "time,a\n2026-01-31,1\nsoon,2\n1066-10-14,5\n");

        assertThat(answer.body())
                .contains("{\"line\":3,\"column\":\"time\",\"code\":\"bad_time\"")
                .contains("{\"line\":4,\"column\":\"time\",\"code\":\"time_out_of_range\"");
    }

    @Test
    void aFileWhoseCollectionMayNotBeMadeStoresNothing() {
        var many = IntStream.range(0, 100)
                .mapToObj(i -> "{collection: \"c" + i + "\"}")
                .collect(Collectors.joining(", "));
        project.query("mutation { collect(input: {events: [" + many + "]}) { stored } }");

        var answer = upload("f", "a\n1\n2\n");

        assertThat(answer.is(ErrorCode.BAD_USER_INPUT)).as(answer.body()).isTrue();
        assertThat(answer.body()).contains("100 new collections");
        assertThat(rows.count("select count(*) from _dead_letter")).isZero();
        assertThat(server.progress(key, "f").is(ErrorCode.NOT_FOUND)).isTrue();
    }

    @Test
    void aFileOfWhichNoRowCanBeReadStoresNothing() {
        var answer = upload("f", "time,a\n31/01/2026,1\n01/02/2026,2\n");

        assertThat(answer.is(ErrorCode.BAD_USER_INPUT)).isTrue();
        assertThat(answer.body()).contains("Nothing was stored", "Line 2", "31/01/2026");
        assertThat(rows.count("select count(*) from _dead_letter")).isZero();
    }

    @Test
    void aFileOfWhichNoRowWouldBeAnEventStoresNothing() {
        var answer = upload("f", "time,a\n1066-10-14,1\n1066-10-15,2\n");

        assertThat(answer.is(ErrorCode.BAD_USER_INPUT)).isTrue();
        assertThat(answer.body()).contains("Nothing was stored", "Line 2 (time)");
        assertThat(rows.count("select count(*) from _dead_letter")).isZero();
    }

    @Test
    void aFileWithoutRowsIsFinishedAtOnce() {
        assertThat(upload("f", "a,b\n").isFinished()).isTrue();
        assertThat(upload("g", "a,b").isFinished()).isTrue();
    }

    @Test
    void anEmptyFileIsRefused() {
        var answer = upload("f", "");

        assertThat(answer.is(ErrorCode.BAD_USER_INPUT)).isTrue();
        assertThat(answer.body()).contains("empty");
    }

    @Test
    void aListOfJsonIsRefused() {
        for (var file : new String[] {"[{\"a\": 1}, {\"a\": 2}]", "[\n  {\n    \"a\": 1\n  }\n]\n", "[]"}) {
            var answer = upload("f", file);

            assertThat(answer.is(ErrorCode.BAD_USER_INPUT)).as(file).isTrue();
            assertThat(answer.body()).contains("NDJSON");
        }
    }

    @Test
    void anIdBelongsToOneCollection() {
        upload("f", "a\n1\n");

        var answer = server.upload(key, "collection=other&id=f", "a\n1\n");

        assertThat(answer.is(ErrorCode.CONFLICT)).isTrue();
        assertThat(answer.body()).contains("belongs to the collection click");
    }

    @Test
    void whoMayOnlyReadImportsNothing() {
        var answer = server.upload(project.key(Scope.READ), "collection=click&id=f", "a\n1\n");

        assertThat(answer.is(ErrorCode.FORBIDDEN)).isTrue();
        assertThat(answer.body()).contains("WRITE");
    }

    @Test
    void theLineThatNamesTheDelimiterIsCountedAndIsNoRow() {
        var answer = upload("f", "sep=;\na;n\nx;1\nx;1;2\n");

        assertThat(answer.count("rows")).isEqualTo(2);
        assertThat(answer.body()).contains("\"line\":4");
    }

    @Test
    void whatNobodyBeganIsNotFound() {
        upload("f", "a\n1\n");

        var answer = server.progress(key, "g");

        assertThat(answer.is(ErrorCode.NOT_FOUND)).isTrue();
        assertThat(answer.body()).contains("No import g", "POST /import");
        assertThat(server.progress(key, "f").count("rows")).isOne();
    }

    @Test
    void theStatisticsAreFreshAfterManyRows() {
        var file = new StringBuilder("time,n\n");
        for (int i = 0; i < 10_001; i++) {
            file.append("2026-01-31,").append(i).append('\n');
        }

        upload("f", file.toString());

        assertThat(rows.all("explain select from click")).anyMatch(line -> line.contains("rows=10001 "));
    }

    private ImportServer.Answer upload(String id, String file) {
        return upload(id, file, "");
    }

    private ImportServer.Answer upload(String id, String file, String options) {
        return server.upload(key, "collection=click&id=" + id + options, file);
    }
}

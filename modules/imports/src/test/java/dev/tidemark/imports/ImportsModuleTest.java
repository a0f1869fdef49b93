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
    void aDryRunTellsWhatWouldBeAndWritesNothing() {
        upload("f", "n,zip\n1,x\n");

        var answer = server.upload(key, "collection=click&dryRun=true&type=amount=numeric", """
                time,user,n,zip,amount,note
                2026-01-31,ada,7,10115,1.10,
                2026-01-31,bob,many,y,2.20,hi
                soon,,,,,
                """);

        assertThat(answer.body()).isEqualTo("""
                {"rows":3,"refused":1,"misfits":1,"columns":[\
                {"name":"_time","type":"TIMESTAMP","values":2,"examples":["2026-01-31T00:00:00Z"]},\
                {"name":"_user","type":"TEXT","values":2,"examples":["ada","bob"]},\
                {"name":"n","type":"LONG","values":2,"examples":["7","many"]},\
                {"name":"zip","type":"TEXT","values":2,"examples":["10115","y"]},\
                {"name":"amount","type":"NUMERIC","values":2,"examples":["1.10","2.20"]},\
                {"name":"note","type":"TEXT","values":1,"examples":["hi"]}],\
                "problems":[{"line":3,"column":"n","code":"misfit","message":"Line 3: the value is TEXT, and the column \
                LONG: it would be kept in _extra."},\
                {"line":4,"column":"time","code":"bad_time","message":"Line 4, column 1 (time) has the time \\"soon\\", \
                which is none such as 2026-01-31T12:34:56Z."}]}""");
        assertThat(rows.count("select count(*) from click")).isEqualTo(1);
        assertThat(rows.count("select count(*) from _dead_letter")).isZero();
        assertThat(rows.count(
                        "select count(*) from pg_attribute where attrelid = 'click'::regclass and attname = 'amount'"))
                .isZero();
    }

    @Test
    void aDryRunTellsTheColumnsThatTheImportMakes() {
        var file = """
                {"n":1,"l":[1,2],"d":[1,2.5],"t":["2026-01-31","x"],"day":["2026-01-31"],"m":[1,"a"],"none":[],"o":{"p":{"q":{"r":1}},"s":true},"at":"2026-01-31 12:00"}
                {"n":1.5,"l":[3.5],"big":12345678901234567890123,"at":"later"}
                """;

        var rehearsed = server.upload(key, "collection=click&dryRun=true", file);
        var answer = upload("f", file);

        assertThat(answer.count("warned")).isEqualTo(1);
        assertThat(rehearsed.count("misfits")).as(rehearsed.body()).isEqualTo(2);
        assertThat(rehearsed.types()).containsExactlyInAnyOrderElementsOf(rows.all("""
                        select label || ' ' || type
                        from _property
                        where collection_id = (select id from _collection where name = 'click')
                        """));
    }

    @Test
    void aDryRunTellsWhatTheCollectionAndTheClockWouldRefuse() {
        project.query("""
                mutation {
                  declareCollection(input: {name: "click", mode: STRICT, properties: {name: "n", type: LONG}}) {
                    userErrors { message }
                  }
                }
                """);

        var answer = server.upload(
                key, "collection=click&dryRun=true", "time,n\n2026-01-31,7\n2026-01-31,x\n1066-10-14,8\n");

        assertThat(answer.body())
                .startsWith("{\"rows\":3,\"refused\":2,\"misfits\":0,")
                .contains("\"line\":3,\"column\":\"n\",\"code\":\"does_not_fit\",\"message\":\"Line 3 (n): ")
                .contains("\"line\":4,\"column\":\"time\",\"code\":\"time_out_of_range\"");
    }

    @Test
    void typesThatAreAskedForAreMade() {
        upload("f", "zip,amount,born\n10115,1.10,2026-01-31\n", "&type=zip=text&type=amount=numeric&type=born=text");

        assertThat(rows.all("""
                select format_type(atttypid, atttypmod)
                from pg_attribute
                where attrelid = 'click'::regclass and attname in ('amount', 'born', 'zip')
                order by attname
                """)).containsExactly("numeric", "text", "text");
        assertThat(rows.all("select concat_ws(' ', zip, amount, born) from click"))
                .containsExactly("10115 1.10 2026-01-31");
    }

    @Test
    void aTypeThatAColumnHasNotIsAConflict() {
        upload("f", "zip\n10115\n");

        var answer = upload("g", "zip\n10115\n", "&type=zip=text");

        assertThat(answer.is(ErrorCode.CONFLICT)).isTrue();
        assertThat(answer.body()).contains("zip is LONG already");
    }

    @Test
    void aColumnIsReadAsTheCollectionHasItHoweverItsNameIsSpelled() {
        upload("f", "zip,orderTotal\nx,1.10\n", "&type=zip=text&type=orderTotal=numeric");

        var csv = upload("csv", "ZIP,Order Total\n10115,2.20\n");
        var json = upload("json", "{\"Zip\":\"01067\",\"order_total\":\"3.30\"}\n");

        assertThat(csv.count("warned")).as(csv.body()).isZero();
        assertThat(json.count("warned")).as(json.body()).isZero();
        assertThat(rows.all("select zip || ' ' || order_total from click order by order_total"))
                .containsExactly("x 1.10", "10115 2.20", "01067 3.30");
    }

    @Test
    void aDryRunKnowsAColumnHoweverItsNameIsSpelled() {
        upload("f", "zip\nx\n");

        var answer = server.upload(key, "collection=click&dryRun=true", "ZIP\n10115\n");

        assertThat(answer.body()).contains("\"misfits\":0", "{\"name\":\"ZIP\",\"type\":\"TEXT\"");
    }

    @Test
    void aTypeThatAColumnHasNotIsAConflictHoweverItsNameIsSpelled() {
        upload("f", "zip\n10115\n");

        var answer = upload("g", "ZIP\n10115\n", "&type=ZIP=text");

        assertThat(answer.is(ErrorCode.CONFLICT)).as(answer.body()).isTrue();
    }

    @Test
    void aFileThatIsRefusedMakesNoColumns() {
        var mistyped = upload("f", "zip\n10115\n", "&type=zop=text");
        var broken = upload("g", "zip\n\"10115\n", "&type=zip=text");

        assertThat(mistyped.is(ErrorCode.BAD_USER_INPUT)).isTrue();
        assertThat(broken.is(ErrorCode.BAD_USER_INPUT)).isTrue();
        assertThat(project.query("{ collections { name } }").toString()).doesNotContain("click");
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
    void aColumnOfTextIsOneAlsoWhereItsFirstValueIsATime() {
        var file = "day,at\n2026-01-31,2026-01-31T12:00:00Z\nnever,later\n";

        var rehearsed = server.upload(key, "collection=click&dryRun=true", file);
        var answer = upload("f", file);

        assertThat(rehearsed.body()).contains("\"misfits\":0", "\"day\",\"type\":\"TEXT\"", "\"at\",\"type\":\"TEXT\"");
        assertThat(answer.count("warned")).isZero();
        assertThat(rows.all("select day || ' ' || at from click order by day"))
                .containsExactly("2026-01-31 2026-01-31T12:00:00Z", "never later");
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
    void aValueThatDoesNotFitIsCountedAsAWarning() {
        upload("f", "n\n1\n");

        var answer = upload("g", "n\n2\nmany\n");

        assertThat(answer.count("stored")).isEqualTo(2);
        assertThat(answer.count("warned")).isEqualTo(1);
        assertThat(rows.all("select _extra ->> 'n' from click where _extra is not null"))
                .containsExactly("many");
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

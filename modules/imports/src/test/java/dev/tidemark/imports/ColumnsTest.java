package dev.tidemark.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.spi.ErrorCode;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which columns a file fills and makes, and what a dry run tells of it. */
class ColumnsTest extends ServedImports {

    ColumnsTest() {
        super(Map.of());
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
                {"collection":"click","name":"_time","type":"TIMESTAMP","values":2,"examples":["2026-01-31T00:00:00Z"]},\
                {"collection":"click","name":"_user","type":"TEXT","values":2,"examples":["ada","bob"]},\
                {"collection":"click","name":"n","type":"LONG","values":2,"examples":["7","many"]},\
                {"collection":"click","name":"zip","type":"TEXT","values":2,"examples":["10115","y"]},\
                {"collection":"click","name":"amount","type":"NUMERIC","values":2,"examples":["1.10","2.20"]},\
                {"collection":"click","name":"note","type":"TEXT","values":1,"examples":["hi"]}],\
                "problems":[{"line":3,"column":"n","code":"misfit","message":"Line 3: the value is TEXT, and the column \
                LONG: it would be kept in _extra."},\
                {"line":4,"column":"time","code":"bad_time","message":"Line 4, column 1 (time) has the time \\"soon\\", \
                which is none such as 2026-01-31T12:34:56Z: say by timeFormat (--time-format) how times are written, \
                such as \\"dd.MM.yyyy HH:mm\\"."}]}""");
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
    void aDryRunTellsThatTwoSpellingsAreOneColumn() {
        var file = "Order Total,order_total\n1,2\n,3\n";

        var rehearsed = server.upload(key, "collection=click&dryRun=true", file);
        var answer = upload("f", file);

        assertThat(answer.count("warned")).isEqualTo(1);
        assertThat(rehearsed.count("misfits")).as(rehearsed.body()).isEqualTo(1);
        assertThat(rehearsed.types()).containsExactly("Order Total LONG");
        assertThat(rehearsed.body()).contains("same_property", "Line 2:", "the same column, order_total");
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

        assertThat(answer.body()).contains("\"misfits\":0", "\"name\":\"ZIP\",\"type\":\"TEXT\"");
    }

    @Test
    void aTypeThatAColumnHasNotIsAConflictHoweverItsNameIsSpelled() {
        upload("f", "zip\n10115\n");

        var answer = upload("g", "ZIP\n10115\n", "&type=ZIP=text");

        assertThat(answer.is(ErrorCode.CONFLICT)).as(answer.body()).isTrue();
    }

    @Test
    void aUserThatNoLineHasIsRefusedWithWhatTheFirstHas() {
        var file = "{\"user_id\":\"ada\",\"n\":1}\n{\"n\":2}\n";

        var mistyped = upload("f", file, "&user=usr_id");
        var rehearsed = server.upload(key, "collection=click&dryRun=true&user=usr_id", file);
        var right = upload("f", file, "&user=user_id");

        assertThat(mistyped.is(ErrorCode.BAD_USER_INPUT)).as(mistyped.body()).isTrue();
        assertThat(mistyped.body()).contains("usr_id", "user_id, n");
        assertThat(rehearsed.is(ErrorCode.BAD_USER_INPUT)).as(rehearsed.body()).isTrue();
        assertThat(right.count("stored")).as(right.body()).isEqualTo(2);
        assertThat(rows.all("select _user from click where n = 1")).containsExactly("ada");
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
    void aValueThatDoesNotFitIsCountedAsAWarning() {
        upload("f", "n\n1\n");

        var answer = upload("g", "n\n2\nmany\n");

        assertThat(answer.count("stored")).isEqualTo(2);
        assertThat(answer.count("warned")).isEqualTo(1);
        assertThat(rows.all("select _extra ->> 'n' from click where _extra is not null"))
                .containsExactly("many");
    }

    @Test
    void aTextOfJsonThatDoesNotFitItsColumnStaysAsItWasSent() {
        project.query("""
                mutation { declareCollection(input: {name: "click", properties: [
                    {name: "n", type: LONG}, {name: "l", type: NUMERIC_LIST}, {name: "d", type: DOUBLE}]}) {
                  userErrors { message } } }
                """);
        var file = """
                {"n":"2026-07-01T12:00:00+02:00","l":"{\\"a\\":1}"}
                {"n":"TRUE","l":["2026-07-01T12:00:00.5Z",1]}
                {"n":"9007199254740993","l":"[1,2]","d":"9007199254740993"}
                """;

        var answer = upload("f", file);

        assertThat(answer.count("stored")).as(answer.body()).isEqualTo(3);
        assertThat(rows.all("select concat_ws(' ', n, l, _extra) from click order by _id"))
                .containsExactly(
                        "{\"l\": \"{\\\"a\\\":1}\", \"n\": \"2026-07-01T12:00:00+02:00\"}",
                        "{\"l\": [\"2026-07-01T12:00:00.5Z\", 1], \"n\": \"TRUE\"}",
                        "9007199254740993 {\"d\": 9007199254740993, \"l\": \"[1,2]\"}");
    }

    @Test
    void aTextInAColumnOfJsonIsOneAlsoWhereItLooksLikeSomethingElse() {
        project.query("""
                mutation { declareCollection(input: {name: "click", properties: [
                    {name: "j", type: JSON}, {name: "t", type: TEXT}]}) { userErrors { message } } }
                """);
        var file = String.join(
                "\n",
                "j,t",
                "\"\"\"1.10\"\"\",\"\"\"1.10\"\"\"",
                "1.10,",
                "plain,",
                "\"\"\"open\",",
                "\"[\"\"a\"\"]\",",
                "");

        var answer = upload("f", file);

        assertThat(answer.count("warned")).as(answer.body()).isZero();
        assertThat(rows.all("select concat_ws(' ', j, t) from click order by _id"))
                .containsExactly("\"1.10\" \"1.10\"", "1.1", "\"plain\"", "\"\\\"open\"", "[\"a\"]");
    }

    @Test
    void timesAreReadAsTheyAreSaidToBeWritten() {
        upload(
                "excel",
                "sep=;\nat;n\n01.07.2026 10:00;1\n2026-07-01;2\n",
                "&time=at&timeFormat=dd.MM.yyyy+HH%3Amm&zone=Europe/Berlin");
        upload(
                "mixpanel",
                "{\"time\":1782892800,\"n\":3}\n{\"time\":\"1782892800.5\",\"n\":4}\n",
                "&timeFormat=seconds");

        assertThat(rows.all("select n || ' ' || (_time at time zone 'UTC') from click order by n"))
                .containsExactly("1 2026-07-01 08:00:00", "3 2026-07-01 08:00:00", "4 2026-07-01 08:00:00.5");
        assertThat(rows.all("select message from _dead_letter"))
                .containsExactly(
                        "Line 4, column 1 (at) has the time \"2026-07-01\", which is none such as 31.01.2026 12:34.");
        assertThat(server.upload(key, "collection=click&id=none&timeFormat=HH%3Amm", "time\n10:00\n")
                        .body())
                .contains("There is no form of times \"HH:mm\"");
    }

    @Test
    void aFileOfATableCalculationMayWriteNumbersWithAComma() {
        var file = "sep=;\nn;amount;day\n1;1.234,50;2026-01-31\n2;-0,25;2026-02-01\n";

        var answer = upload("excel", file, "&decimal=comma");

        assertThat(answer.count("stored")).isEqualTo(2);
        assertThat(rows.all("select amount + 1 from click order by n")).containsExactly("1235.5", "0.75");
        assertThat(server.upload(key, "collection=click&id=excel&decimal=point", file)
                        .body())
                .contains("rows would be read in two ways");
        assertThat(server.upload(key, "collection=click&id=none&decimal=,", file)
                        .body())
                .contains("The parameter decimal is point or comma");
    }

    @Test
    void membersWithinAnObjectAreNamedByTheirPath() {
        var signUps = """
                {"event":"Signed up","properties":{"time":1782892800,"distinct_id":"91","$insert_id":"a1","$browser":"Chrome","amount":"1.10"}}
                {"event":"Signed up","properties":{"time":1782892801,"distinct_id":"92","$insert_id":"a2","plan":{"name":"pro"}}}
                {"event":"Signed up","properties":{"time":1782892801,"distinct_id":"92","$insert_id":"a2"}}
                {"event":"Signed up","properties":{"distinct_id":"93","$insert_id":"a3"}}
                """;

        var answer = upload(
                "mixpanel",
                signUps,
                "&time=properties.time&timeFormat=seconds&user=properties.distinct_id&messageId=properties.$insert_id"
                        + "&rename=properties.$browser%3Dbrowser&type=properties.amount%3Dnumeric&rename=properties.plan.name%3Dplan");

        assertThat(answer.count("stored")).isEqualTo(2);
        assertThat(answer.count("duplicates")).isEqualTo(1);
        assertThat(answer.count("refused")).isEqualTo(1);
        assertThat(rows.all("""
                select concat_ws(' ', _user, extract(epoch from _time)::bigint, _message_id, event, browser, plan, properties_amount)
                from click order by 1"""))
                .containsExactly("91 1782892800 a1 Signed up Chrome 1.10", "92 1782892801 a2 Signed up pro");
        assertThat(rows.all("select message from _dead_letter"))
                .containsExactly("Line 4: There is no \"properties.time\", which is asked for as the time.");
    }

    @Test
    void aMemberWhoseNameIsAPathComesBeforeOneWithinAnObject() {
        upload("both", "{\"a.at\":\"2026-07-01\",\"a\":{\"at\":\"2026-08-01\"}}\n", "&time=a.at");

        assertThat(rows.all("select (_time at time zone 'UTC')::date || ' ' || a_at from click"))
                .containsExactly("2026-07-01 2026-08-01");
    }

    private ImportServer.Answer upload(String id, String file) {
        return upload(id, file, "");
    }

    private ImportServer.Answer upload(String id, String file, String options) {
        return server.upload(key, "collection=click&id=" + id + options, file);
    }
}

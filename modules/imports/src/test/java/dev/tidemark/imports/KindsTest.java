package dev.tidemark.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.spi.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Files in which each row says of which collection it is an event. */
class KindsTest extends ServedImports {

    private static final String EXPORT_OF_MIXPANEL = """
            {"event":"Signed up","properties":{"time":1782892800,"distinct_id":"ada","$insert_id":"m1","plan":"pro"}}
            {"event":"Paid","properties":{"time":1782892801,"distinct_id":"ada","$insert_id":"m2","amount":"12.50","of":{"tax":"2.10"}}}
            {"event":"Paid","properties":{"time":1782892802,"distinct_id":"bob","$insert_id":"m3","amount":"7"}}
            {"event":"Paid","properties":{"time":1782892802,"distinct_id":"bob","$insert_id":"m3","amount":"7"}}
            """;

    KindsTest() {
        super(Map.of("imports.batch-rows", "3"));
    }

    @Test
    void anExportWithManyKindsOfEventsFillsACollectionForEach() {
        var answer = upload(
                "f",
                EXPORT_OF_MIXPANEL,
                "&time=properties.time&timeFormat=seconds&user=properties.distinct_id&messageId=properties.$insert_id"
                        + "&type=properties.amount=numeric&rename=properties.of.tax=tax");

        assertThat(answer.count("stored")).as(answer.body()).isEqualTo(3);
        assertThat(answer.count("duplicates")).isEqualTo(1);
        assertThat(
                        rows.all(
                                "select concat_ws(' ', extract(epoch from _time)::bigint, _user, _message_id, plan) from signed_up"))
                .containsExactly("1782892800 ada m1 pro");
        assertThat(rows.all("select concat_ws(' ', _user, amount, tax) from paid order by 1"))
                .containsExactly("ada 12.50 2.10", "bob 7");
        assertThat(types("paid")).containsExactly("amount NUMERIC", "tax TEXT");
        assertThat(types("signed_up")).containsExactly("plan TEXT");
    }

    @Test
    void aColumnIsReadAsTheCollectionOfTheRowHasIt() {
        server.upload(key, "collection=home&id=h&type=zip=text", "zip\n01099\n");

        var answer =
                upload("f", "event,zip,at\nhome,53111,noon\nshop,10115,2026-01-31\nshop,01067,soon\nhome,1,\n", "");

        assertThat(answer.count("stored")).as(answer.body()).isEqualTo(4);
        assertThat(answer.count("warned")).isZero();
        assertThat(rows.all("select zip from home order by 1")).containsExactly("01099", "1", "53111");
        assertThat(rows.all("select zip || ' ' || at from shop order by 1"))
                .containsExactly("01067 soon", "10115 2026-01-31");
        assertThat(types("shop")).containsExactly("at TEXT", "zip TEXT");
    }

    @Test
    void aRowThatNamesNoCollectionIsADeadLetterThatAPatchMends() {
        var answer = upload("f", "event,n\nopen,1\n,2\n_evil,3\n", "&type=n=numeric");

        assertThat(answer.count("stored")).as(answer.body()).isEqualTo(1);
        assertThat(answer.count("refused")).isEqualTo(2);
        assertThat(answer.body())
                .contains("\"line\":3,\"column\":\"collection\"", "\"line\":4,\"column\":\"collection\"");
        assertThat(rows.all("select code from _dead_letter")).containsOnly("bad_collection");
        project.query("""
                mutation { retryDeadLetters(input: {where: {source: ["import"]}, patch: {collection: "open"}}) { stored } }
                """);
        assertThat(rows.all("select n from open order by n")).containsExactly("1", "2", "3");
    }

    @Test
    void anInterruptedFileGoesOnWhereItWas() {
        upload("f", "event,n\na,1\nb,2\na,3\nb,4\n", "");

        var answer = upload("f", "event,n\na,1\nb,2\na,3\nb,4\nc,5\na,6\n", "");
        var other = server.upload(key, "collection=a&id=f", "event,n\na,1\n");
        var otherColumn = server.upload(key, "collectionFrom=n&id=f", "event,n\na,1\n");

        assertThat(answer.count("resumedAt")).isEqualTo(4);
        assertThat(rows.all("select n from a order by n")).containsExactly("1", "3", "6");
        assertThat(rows.all("select n from c")).containsExactly("5");
        assertThat(other.is(ErrorCode.CONFLICT)).as(other.body()).isTrue();
        assertThat(otherColumn.is(ErrorCode.CONFLICT)).as(otherColumn.body()).isTrue();
    }

    @Test
    void aDryRunTellsTheColumnsOfEachCollection() {
        var answer = server.upload(key, "collectionFrom=event&dryRun=true", "event,n\na,1\nb,x\n,7\n");

        assertThat(answer.body())
                .contains(
                        "{\"collection\":\"a\",\"name\":\"n\",\"type\":\"TEXT\",\"values\":1,\"examples\":[\"1\"]}",
                        "{\"collection\":\"b\",\"name\":\"n\",\"type\":\"TEXT\",\"values\":1,\"examples\":[\"x\"]}")
                .contains("\"refused\":1");
    }

    @Test
    void aDryRunTellsOfNoMoreColumnsThanItHolds() {
        var file = IntStream.range(0, 6_000)
                .mapToObj(i -> "c" + i + ",u" + i + ",2026-07-01\n")
                .collect(Collectors.joining("", "event,user,time\n", ""));

        var answer = server.upload(key, "collectionFrom=event&dryRun=true", file);

        assertThat(answer.count("rows")).isEqualTo(6_000);
        assertThat(answer.types()).hasSize(10_000);
    }

    @Test
    void importsAreListedWithoutACollection() {
        upload("f", "event,n\na,1\n", "&file=events.csv");

        var latest = server.latest(key, "collectionFrom=event&file=events.csv");

        assertThat(latest.body()).contains("\"id\":\"f\"");
        assertThat(project.query("{ imports { id collection } }").toString())
                .contains("f")
                .contains("null");
    }

    @Test
    void whatNamesTheCollectionIsSaidOnce() {
        var both = server.upload(key, "collection=a&collectionFrom=event&id=f", "event\na\n");
        var none = server.upload(key, "id=f", "event\na\n");
        var unknown = server.upload(key, "collectionFrom=kind&id=f", "event\na\n");
        var unknownMember = server.upload(key, "collectionFrom=kind&id=f", "{\"event\":\"a\"}\n");

        assertThat(both.is(ErrorCode.BAD_USER_INPUT)).isTrue();
        assertThat(none.body()).contains("collectionFrom=event");
        assertThat(unknown.body()).contains("No column is named \"kind\"");
        assertThat(unknownMember.body()).contains("none of the first rows has \"kind\"");
    }

    @Test
    void whatAnEventHasBesideItsPropertiesBecomesOneOfThem() {
        upload("f", """
                {"event":"a","time":"2026-07-01T00:00:00Z","user":"u","properties":{"at":"2026-08-01T00:00:00Z","n":1}}
                """, "&time=properties.at");

        assertThat(rows.all(
                        "select concat_ws(' ', _time at time zone 'UTC', _user, n, time at time zone 'UTC') from a"))
                .containsExactly("2026-08-01 00:00:00 u 1 2026-07-01 00:00:00");
    }

    private List<String> types(String collection) {
        return rows.all("""
                select label || ' ' || type
                from _property
                where collection_id = (select id from _collection where name = '%s')
                order by 1
                """.formatted(collection));
    }

    private ImportServer.Answer upload(String id, String file, String options) {
        return server.upload(key, "collectionFrom=event&id=" + id + options, file);
    }
}

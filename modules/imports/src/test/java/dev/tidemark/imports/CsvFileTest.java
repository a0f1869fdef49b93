package dev.tidemark.imports;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.imports.requests.ImportRequest;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.EventCollection.Property;
import dev.tidemark.spi.Submission;
import dev.tidemark.spi.Submission.Unreadable;
import io.helidon.common.uri.UriQuery;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {

    private static final String PARAMETERS = "id=test&collection=click";

    @Test
    void aRowIsAnEventWithTypedProperties() {
        var event = event("time,user,n,amount,paid,born,name\n2026-01-31T12:34:56Z,ada,7,1.5,true,1815-12-10,Ada\n");

        assertThat(event.collection()).isEqualTo("click");
        assertThat(event.time()).contains(Instant.parse("2026-01-31T12:34:56Z"));
        assertThat(event.user()).contains("ada");
        assertThat(event.properties())
                .containsExactly(
                        Map.entry("n", 7L),
                        Map.entry("amount", 1.5),
                        Map.entry("paid", true),
                        Map.entry("born", LocalDate.of(1815, 12, 10)),
                        Map.entry("name", "Ada"));
    }

    @Test
    void emptyIsNoValueHoweverItIsQuoted() {
        var event = event("user,a,b,c\n,,\"\",x\n");

        assertThat(event.user()).isEmpty();
        assertThat(event.properties()).containsExactly(Map.entry("c", "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void anyLineEndWillDo(String end) {
        var rows = read(String.join(end, "a,b", "1,x", "", "2,y"));

        assertThat(rows).extracting(row -> ((Event) row).properties().get("a")).containsExactly(1L, 2L);
    }

    @Test
    void quotesHoldDelimitersQuotesAndLines() {
        var event = event("a,b\n\"one, \"\"two\"\"\r\nthree\",x\n");

        assertThat(event.properties().get("a")).isEqualTo("one, \"two\"\r\nthree");
    }

    @Test
    void aQuoteAmidAFieldIsJustAQuote() {
        assertThat(event("a\n7\" high\n").properties()).containsExactly(Map.entry("a", "7\" high"));
    }

    @Test
    void whatFollowsAClosingQuoteIsNotGuessed() {
        assertRefused("a,b\n1,2\n\"5\" wide,3\n", "line 3");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstName() {
        assertThat(event("\uFEFFtime,a\n2026-01-31,1\n").time()).contains(Instant.parse("2026-01-31T00:00:00Z"));
    }

    @Test
    void theDelimiterIsWhatTheHeaderLineHasMostOf() {
        assertThat(event("a;b;\"c,d\"\n1;2,5;3\n").properties())
                .containsExactly(Map.entry("a", 1L), Map.entry("b", "2,5"), Map.entry("c,d", 3L));
        assertThat(event("a\tb, or c\td\n1\t2\t3\n").properties())
                .containsExactly(Map.entry("a", 1L), Map.entry("b, or c", 2L), Map.entry("d", 3L));
        assertThat(event("a|b\n1|2\n").properties()).containsExactly(Map.entry("a", 1L), Map.entry("b", 2L));
    }

    @Test
    void theDelimiterCanBeSaid() {
        assertThat(((Event) read("a;b\n1;2,5\n", "&delimiter=;").getFirst()).properties())
                .containsExactly(Map.entry("a", 1L), Map.entry("b", "2,5"));
        assertThat(((Event) read("a\tb\n1\t2\n", "&delimiter=tab").getFirst()).properties())
                .containsExactly(Map.entry("a", 1L), Map.entry("b", 2L));
    }

    @Test
    void timeAndUserCanHaveOtherNames() {
        var event = (Event) read("When,Who\n2026-01-31 12:00,7\n", "&time=when&user=who&zone=Europe/Berlin")
                .getFirst();

        assertThat(event.time()).contains(Instant.parse("2026-01-31T11:00:00Z"));
        assertThat(event.user()).contains("7");
        assertThat(event.properties()).isEmpty();
    }

    @Test
    void columnsCanBeRenamedAndGivenTypes() {
        var event = (Event) read(
                        "ts,who,visitor,mid,zip,amount\n2026-01-31,7,v-1,m-1,10115,1.10\n",
                        "&time=ts&user=who&anonymous=visitor&messageId=mid&rename=zip=postal+code"
                                + "&type=zip=text&type=amount=numeric")
                .getFirst();

        assertThat(event.user()).contains("7");
        assertThat(event.anonymous()).contains("v-1");
        assertThat(event.messageId()).contains("m-1");
        assertThat(event.properties())
                .containsExactly(Map.entry("postal code", "10115"), Map.entry("amount", new BigDecimal("1.10")));
    }

    @Test
    void columnsAreNamedInUpperOrLowerCase() {
        var event = (Event)
                read("zip,n\n10115,1\n", "&rename=ZIP=plz&type=Zip=text").getFirst();

        assertThat(event.properties()).containsExactly(Map.entry("plz", "10115"), Map.entry("n", 1L));
    }

    @Test
    void listsAndObjectsAreReadAsJson() {
        var event = event("tags,place,note\n\"[\"\"a\"\",\"\"b\"\"]\",\"{\"\"city\"\":\"\"Bonn\"\"}\",[draft]\n");

        assertThat(event.properties())
                .containsExactly(
                        Map.entry("tags", List.of("a", "b")),
                        Map.entry("place", Map.of("city", "Bonn")),
                        Map.entry("note", "[draft]"));
    }

    @Test
    void whatWasKeptBesideAColumnComesAfterIt() {
        var event = event("_extra,total\n\"{\"\"Total\"\":2}\",1\n");

        assertThat(event.properties()).containsExactly(Map.entry("total", 1L), Map.entry("Total", 2L));
    }

    @Test
    void whatAnExportKeptBesideItsColumnsIsPropertiesAgain() {
        var event = event("n,_extra\n1,\"{\"\"n\"\":\"\"many\"\",\"\"m\"\":2}\"\n");

        assertThat(event.properties()).containsExactly(Map.entry("n", 1L), Map.entry("m", 2L));
    }

    @Test
    void fiveThousandColumnsAreRead() {
        var names = IntStream.range(0, 5_000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        var values = IntStream.range(0, 5_000).mapToObj(Integer::toString).collect(Collectors.joining(","));

        assertThat(event(names + "\n" + values + "\n").properties())
                .hasSize(5_000)
                .containsEntry("c4999", 4_999L);
    }

    @Test
    void aColumnOfMixedValuesIsText() {
        var rows = read("a,b\n1,1\n2.5,x\n");

        assertThat(rows).extracting(row -> ((Event) row).properties().get("a")).containsExactly(1.0, 2.5);
        assertThat(rows).extracting(row -> ((Event) row).properties().get("b")).containsExactly("1", "x");
    }

    @Test
    void aColumnThatTheCollectionHasKeepsItsType() {
        var zip = new Property("zip", "ZIP", "zip", ColumnType.TEXT);
        var collection = new EventCollection("click", "click", "click", List.of(zip));

        var rows = read("ZIP\n10115\n".getBytes(UTF_8), "", Optional.of(collection));

        assertThat(((Event) rows.getFirst()).properties()).containsExactly(Map.entry("ZIP", "10115"));
    }

    @Test
    void raggedRowsAreRefusedOneByOne() {
        var rows = read("a,b\n1,2\n3\n4,5,6\n7,8\n");

        assertThat(rows.get(0)).isInstanceOf(Event.class);
        assertThat(rows.get(3)).isInstanceOf(Event.class);
        var unreadable = (Unreadable) rows.get(2);
        assertThat(unreadable.raw()).isEqualTo("a,b\n4,5,6");
        assertThat(unreadable.reason().code()).isEqualTo("wrong_columns");
        assertThat(unreadable.reason().message()).isEqualTo("Line 4 has 3 fields, and the header line has 2.");
    }

    @Test
    void aTimeThatCannotBeReadIsRefusedWithItsPlace() {
        var unreadable = (Unreadable) read("a,time\n\"x,y\",31/01/2026\n").getFirst();

        assertThat(unreadable.around())
                .isEqualTo(Map.of("collection", "click", "time", "31/01/2026", "properties", Map.of("a", "x,y")));
        assertThat(unreadable.reason().code()).isEqualTo("bad_time");
        assertThat(unreadable.reason().pointer()).isEqualTo("/time");
        assertThat(unreadable.reason().message()).contains("Line 2", "31/01/2026");
    }

    @Test
    void aRowInAnotherEncodingIsRefusedAlone() {
        var rows = read("a\nMünchen\nBerlin\n".getBytes(ISO_8859_1), "", Optional.empty());

        assertThat(((Unreadable) rows.get(0)).reason().code()).isEqualTo("bad_encoding");
        assertThat(((Event) rows.get(1)).properties()).containsExactly(Map.entry("a", "Berlin"));
    }

    @Test
    void aHugeRowIsRefusedAlone() {
        var rows = read("a,b\n" + "x".repeat(2 << 20) + ",1\ny,2\n");

        assertThat(((Unreadable) rows.get(0)).reason().code()).isEqualTo("too_large");
        assertThat(rows.get(1)).isInstanceOf(Event.class);
    }

    @Test
    void aQuoteThatIsNeverClosedEndsTheFileWithItsLine() {
        assertRefused("a,b\n1,2\n3,\"4\n5,6\n", "behind line 2", "same id");
    }

    @Test
    void anEndlessFieldIsRefusedBeforeItFillsTheMemory() {
        assertRefused("a,b\n1,\"" + "x\n".repeat(20 << 20), "behind line 1");
    }

    @Test
    void aFileWithAnotherDelimiterIsToldFromOneWithOneColumn() {
        assertThatExceptionOfType(CallerException.class)
                .isThrownBy(() -> read("time;customer_id\n2026-01-31;1\n", "&delimiter=,"))
                .satisfies(e -> assertThat(e.sentence()).contains("\"time;customer_id\"", "delimiter=;"));
        assertThatExceptionOfType(CallerException.class)
                .isThrownBy(() -> read("time\tcustomer_id\n", "&delimiter=,"))
                .satisfies(e -> assertThat(e.sentence()).contains("delimiter=tab"));
        assertThat(event("name\na;b\n").properties()).containsExactly(Map.entry("name", "a;b"));
    }

    @Test
    void aHeaderMustNameEachColumnOnce() {
        assertThatExceptionOfType(CallerException.class)
                .isThrownBy(() -> read("a,b\n1,2\n", "&rename=a=b"))
                .withMessageContaining("Columns 1 and 2 become one property, \"b\"");
        assertRefused("a,b,a\n1,2,3\n", "Columns 1 and 3 have one name, \"a\"");
        assertRefused("a,,c\n1,2,3\n", "Column 2 has no name");
    }

    @Test
    void aHeaderInAnotherEncodingIsRefused() {
        assertThatExceptionOfType(CallerException.class)
                .isThrownBy(() -> read("größe\n1\n".getBytes(ISO_8859_1), "", Optional.empty()))
                .withMessageContaining("encoding=windows-1252");
    }

    @Test
    void aColumnThatIsAskedForMustBeThere() {
        assertThatExceptionOfType(CallerException.class)
                .isThrownBy(() -> read("a,b\n1,2\n", "&time=ts"))
                .withMessage("No column is named \"ts\": there are a, b.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "collection=click                     | id",
                "id=a&collection=                     | collection",
                "id=a%20b&collection=click            | id",
                "id=a&collection=click&tme=x          | tme",
                "id=a&collection=click&zone=Mars      | Mars",
                "id=a&collection=click&delimiter=ab   | delimiter",
                "id=a&collection=click&delimiter=%22  | delimiter",
                "id=a&collection=click&time=a&time=b  | time",
                "id=a&collection=click&format=xml     | csv or ndjson",
                "id=a&collection=click&encoding=ebc   | encoding",
                "id=a&collection=click&rename=a       | rename",
                "id=a&collection=click&rename=a=x&rename=b=x | one property",
                "id=a&collection=click&rename=a=x&rename=A=y | two values",
                "id=a&collection=click&type=a=money   | money",
                "id=a&collection=click&dryRun=yes     | dryRun",
            })
    void aRequestThatIsNotUnderstoodIsRefused(String query, String named) {
        assertThatExceptionOfType(CallerException.class)
                .isThrownBy(() -> ImportRequest.of(UriQuery.create(query)))
                .withMessageContaining(named);
    }

    private static void assertRefused(String file, String... words) {
        assertThatExceptionOfType(CallerException.class)
                .isThrownBy(() -> read(file))
                .satisfies(e -> assertThat(e.sentence()).contains(words));
    }

    private static Event event(String file) {
        return (Event) read(file).getFirst();
    }

    private static List<Submission> read(String file) {
        return read(file, "");
    }

    private static List<Submission> read(String file, String parameters) {
        return read(file.getBytes(UTF_8), parameters, Optional.empty());
    }

    private static List<Submission> read(byte[] content, String parameters, Optional<EventCollection> collection) {
        return Submissions.read(content, PARAMETERS + parameters, collection);
    }
}

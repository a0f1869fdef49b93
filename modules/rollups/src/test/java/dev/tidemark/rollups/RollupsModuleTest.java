package dev.tidemark.rollups;

import static dev.tidemark.rollups.Shop.BY_COUNTRY;
import static dev.tidemark.rollups.Shop.BY_HOUR;
import static dev.tidemark.rollups.Shop.CREATE;
import static dev.tidemark.rollups.Shop.DROP;
import static dev.tidemark.rollups.Shop.NOON;
import static dev.tidemark.rollups.Shop.ask;
import static dev.tidemark.rollups.Shop.awaitCurrent;
import static dev.tidemark.rollups.Shop.click;
import static dev.tidemark.rollups.Shop.count;
import static dev.tidemark.rollups.Shop.measure;
import static dev.tidemark.rollups.Shop.rollUp;
import static dev.tidemark.rollups.Shop.with;
import static dev.tidemark.testkit.Json.list;
import static dev.tidemark.testkit.Json.object;
import static dev.tidemark.testkit.Json.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.spi.Event;
import dev.tidemark.testkit.ModuleConformance;
import dev.tidemark.testkit.TestProject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RollupsModuleTest extends ModuleConformance {

    @Override
    protected String module() {
        return "rollups";
    }

    @Override
    protected Map<String, String> settings() {
        return Shop.SETTINGS;
    }

    @Override
    protected void fill(TestProject project, String text) {
        project.collect(
                click(0, text, 1.5)
                        .with("device_id", text)
                        .with("session_id", text)
                        .with("event_type", text),
                click(7, text, 2.5));
    }

    @Test
    void whatIsCommittedIsCountedWhetherItIsRolledUpYetOrNot() {
        var shop = Shop.open(engine());
        rollUp(shop, BY_COUNTRY);

        var before = ask(shop, BY_HOUR, "clicks_by_country");
        awaitCurrent(shop, "clicks_by_country");
        var after = ask(shop, BY_HOUR, "clicks_by_country");
        shop.collect(click(-10_000, "CH", 9.0), click(3, "FR", 0.25));
        var late = ask(shop, BY_HOUR, "clicks_by_country");

        assertThat(after.get("freshness")).isEqualTo(Map.of("servedFrom", "ROLLUP", "isExact", true));
        assertThat(before.get("rows")).isEqualTo(after.get("rows"));
        assertThat(late.get("rows")).isEqualTo(ask(shop, BY_HOUR, "click").get("rows"));
        awaitCurrent(shop, "clicks_by_country");
        assertThat(ask(shop, BY_HOUR, "clicks_by_country").get("rows")).isEqualTo(late.get("rows"));
    }

    @Test
    void typedFieldsShowWhatCanBeAskedAndFilterByDimensions() {
        var shop = Shop.open(engine());
        rollUp(shop, BY_COUNTRY);

        var rows = object(shop.query("""
                {
                  data {
                    clicksByCountry {
                      aggregate(groupBy: COUNTRY, where: {country: {isSet: true}}, orderBy: {by: "mean", direction: DESC}, first: 1, rest: true) {
                        rows { group { country } count mean: avg(of: PRICE) isRest }
                      }
                    }
                  }
                }
                """), "data", "clicksByCountry", "aggregate");

        assertThat(rows.toString())
                .isEqualTo("{rows=[{group={country=CH}, count=3, mean=2.25, isRest=false},"
                        + " {group={country=null}, count=1, mean=2.0, isRest=true}]}");
        assertThat(shop.query("{ __type(name: \"ClicksByCountryFilter\") { inputFields { name description } } }")
                        .toString())
                .contains("{name=time, description=When the bucket that it counts in begins.}");
    }

    @Test
    void typedFieldsOfferOfEachMeasureWhatIsKeptOfIt() {
        var shop = Shop.open(engine());
        rollUp(shop, BY_COUNTRY);

        var fields = list(object(shop.query("""
                                { __type(name: "ClicksByCountryAggregateGroup") {
                                    fields { name args { name type { ofType { enumValues { name } } } } }
                                } }
                                """), "__type"), "fields");
        var offered = new TreeMap<String, List<String>>();
        for (var field : fields) {
            list(field, "args").stream()
                    .filter(argument -> "of".equals(argument.get("name")) && !"ratio".equals(field.get("name")))
                    .map(argument -> list(object(argument, "type", "ofType"), "enumValues"))
                    .forEach(values -> offered.put(
                            text(field, "name"),
                            values.stream().map(value -> text(value, "name")).toList()));
        }
        var selected = offered.entrySet().stream()
                .flatMap(of -> of.getValue().stream()
                        .map(column -> "%s_%s: %s(of: %s)".formatted(of.getKey(), column, of.getKey(), column)))
                .collect(Collectors.joining(" "));

        assertThat(offered)
                .isEqualTo(Map.of(
                        "avg", List.of("PRICE"),
                        "distinct", List.of("CUSTOMER_ID", "COUNTRY"),
                        "max", List.of("CUSTOMER_ID", "COUNTRY", "PAGE"),
                        "min", List.of("CUSTOMER_ID", "COUNTRY", "PRICE"),
                        "sum", List.of("PRICE")));
        assertThat(shop.query("{ data { clicksByCountry { aggregate { rows { %s } } } } }".formatted(selected)))
                .containsKey("data");
    }

    @Test
    void sketchesAnswerOverAnyRangeWithWhatIsNotRolledUpYet() {
        var shop = Shop.open(engine());
        rollUp(
                shop,
                Map.of(
                        "name", "pages",
                        "collection", "click",
                        "dimensions", List.of("country"),
                        "bucket", Map.of("unit", "HOUR"),
                        "measures",
                                List.of(
                                        measure("DISTINCT", "page"),
                                        measure("TOP", "page"),
                                        measure("TOP", "customer_id"),
                                        measure("PERCENTILE", "price"))));
        var query = """
                {
                  aggregate(collection: "pages", measures: [
                    {measure: APPROXIMATE_DISTINCT, of: "page", as: "pages"}
                    {measure: APPROXIMATE_DISTINCT, of: "page", as: "swiss", where: {property: {name: "country", eq: "CH"}}}
                    {measure: TOP, of: "page", n: 2, as: "top"}
                    {measure: TOP, of: "customer_id", as: "customers"}
                    {measure: PERCENTILE, of: "price", p: 1, as: "most"}
                  ]) { rows { measures } freshness { isExact errorBound } }
                }
                """;
        var told = "{rows=[{measures={pages=%d, swiss=1, top=[{value=/CH, count=%d}, {value=/DE, count=1}],"
                + " customers=[{value=7, count=%d}], most=%s}}], freshness={isExact=false, errorBound=0.0229";

        assertThat(object(shop.query(query), "aggregate").toString()).startsWith(told.formatted(3, 2, 4, 8.0));
        awaitCurrent(shop, "pages");
        assertThat(object(shop.query(query), "aggregate").toString()).startsWith(told.formatted(3, 2, 4, 8.0));
        shop.collect(click(20, "CH", 11.0), click(21, "AT", 0.5));
        assertThat(object(shop.query(query), "aggregate").toString())
                .contains("pages=4", "{value=/CH, count=3}", "most=11.0");
        awaitCurrent(shop, "pages");
        assertThat(object(shop.query(query), "aggregate").toString())
                .contains("pages=4", "{value=/CH, count=3}", "most=11.0");
    }

    /** PostgreSQL keeps the statements of such questions for a connection, on which all projects ask. */
    @Test
    void questionsThatAreAskedOftenAreAnsweredFromTheRollupOfTheirOwnProject() {
        var shop = Shop.open(engine());
        var other = Shop.open(engine());
        other.collect(click(20, "CH", 1.0));
        var named = engine().project();
        named.collect(Event.of("click").at(NOON).with("customer_id", "7").with("country", "CH"));
        for (var project : List.of(shop, other, named)) {
            rollUp(project, with(BY_COUNTRY, "measures", List.of()));
            awaitCurrent(project, "clicks_by_country");
        }

        for (int i = 0; i < 10; i++) {
            assertThat(ofSeven(shop, "eq: 7")).isEqualTo("{rows=[{group={customer_id=7}, measures={count=4}}]}");
            assertThat(ofSeven(other, "eq: 7")).isEqualTo("{rows=[{group={customer_id=7}, measures={count=5}}]}");
            assertThat(ofSeven(named, "eq: \"7\"")).isEqualTo("{rows=[{group={customer_id=7}, measures={count=1}}]}");
        }
    }

    private static String ofSeven(TestProject project, String is) {
        return object(project.query("""
                { aggregate(
                  collection: "clicks_by_country", measures: {measure: COUNT}, groupBy: {property: "customer_id"}
                  where: {property: {name: "customer_id", %s}}
                ) { rows { group measures } } }
                """.formatted(is)), "aggregate").toString();
    }

    @Test
    void whatARollupDoesNotKeepIsRefusedWithARemedy() {
        var shop = Shop.open(engine());
        rollUp(shop, BY_COUNTRY);

        var refused = shop.answer(
                "{ aggregate(collection: \"clicks_by_country\", measures: {measure: MAX, of: \"price\"}) { rows {"
                        + " measures } } }",
                Map.of());

        assertThat(refused.toString()).contains("does not keep", "MAX of \"page\"", "ask the collection");
        assertThat(shop.answer("{ events(collection: \"clicks_by_country\", first: 1) { nodes { id } } }", Map.of())
                        .toString())
                .contains("here only collections of events can be asked", "argumentPath=[collection]");
    }

    @Test
    void onlyEventsThatPassAreRolledUpAndARollupThatIsDroppedIsGone() {
        var shop = Shop.open(engine());
        rollUp(
                shop,
                Map.of(
                        "name",
                        "swiss",
                        "collection",
                        "click",
                        "bucket",
                        Map.of("unit", "DAY", "zone", "Europe/Zurich"),
                        "where",
                        Map.of("property", Map.of("name", "Country", "eq", "CH"))));
        awaitCurrent(shop, "swiss");

        assertThat(count(shop, "swiss")).isEqualTo(3L);
        assertThat(shop.query("{ rollup(name: \"swiss\") { where dimensions { name } bucket { unit zone } } }")
                        .toString())
                .contains("eq=CH", "Europe/Zurich");
        assertThat(shop.query(DROP, Map.of("name", "swiss")).toString()).contains("name=swiss");
        assertThat(shop.query(DROP, Map.of("name", "swiss")).toString()).contains("NOT_FOUND");
        assertThat(shop.query("{ rollups { name } }").toString()).doesNotContain("swiss");
        assertThat(shop.query("{ auditLog(first: 2) { nodes { act subject } } }"))
                .hasToString("{auditLog={nodes=[{act=dropRollup, subject=swiss}, {act=createRollup, subject=swiss}]}}");
    }

    @Test
    void whatCannotBeMadeIsRefusedWithThePlace() {
        var shop = Shop.open(engine());

        assertThat(refusal(shop, "dimensions", List.of("price"))).contains("DOUBLE", "[dimensions]");
        assertThat(refusal(shop, "dimensions", List.of("contry"))).contains("country", "[dimensions]");
        assertThat(refusal(shop, "name", "click")).contains("already", "[name]", "CONFLICT");
        assertThat(refusal(shop, "name", "stale")).contains("already", "[name]", "CONFLICT");
        assertThat(refusal(shop, "name", "Click")).contains("lower-case", "[name]");
        assertThat(refusal(shop, "collection", "none")).contains("none", "[collection]");
        assertThat(refusal(shop, "bucket", Map.of("unit", "MONTH"))).contains("[bucket, unit]");
        assertThat(refusal(shop, "bucket", Map.of("unit", "MINUTE", "every", 7)))
                .contains("[bucket, every]");
        assertThat(refusal(shop, "measures", List.of(measure("SUM", "page")))).contains("[measures, 0, of]");
    }

    /** Keys that send are public: nobody hides a rollup by an event of its name. */
    @Test
    void eventsOfARollupsNameAreDeadLettersUntilItIsDropped() {
        var shop = Shop.open(engine());
        rollUp(shop, BY_COUNTRY);
        var sent = shop.query("""
                mutation { collect(input: {events: [{collection: "Clicks by Country", properties: {amount: 3}}]}) {
                  stored outcomes { reason { code message } }
                } }
                """).toString();

        assertThat(sent).contains("stored=0", "name_taken", "the name \"clicks_by_country\"");
        assertThat(count(shop, "clicks_by_country")).isEqualTo(5L);

        shop.query(Shop.DROP, Map.of("name", "clicks_by_country"));
        var retried = shop.query("mutation { retryDeadLetters(input: {where: {}}) { stored refused } }");

        assertThat(object(retried, "retryDeadLetters")).hasToString("{stored=1, refused=0}");
        assertThat(count(shop, "clicks_by_country")).isEqualTo(1L);
    }

    @Test
    void noCollectionIsDeclaredByTheNameOfARollup() {
        var shop = Shop.open(engine());
        rollUp(shop, BY_COUNTRY);
        var declared = shop.query("""
                mutation { declareCollection(input: {name: "clicksByCountry"}) {
                  collection { name } userErrors { code path message }
                } }
                """);

        assertThat(declared.toString())
                .contains("collection=null", "code=CONFLICT", "path=[name]", "\"clicks_by_country\"");
        assertThat(count(shop, "clicks_by_country")).isEqualTo(5L);
    }

    private static String refusal(TestProject shop, String argument, Object value) {
        var input = new HashMap<String, Object>(BY_COUNTRY);
        input.put(argument, value);
        return shop.query(CREATE, Map.of("input", input)).toString();
    }
}

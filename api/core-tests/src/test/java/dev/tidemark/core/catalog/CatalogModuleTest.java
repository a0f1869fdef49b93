package dev.tidemark.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.spi.Caller;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Outcome;
import dev.tidemark.spi.Refusal;
import dev.tidemark.spi.Scope;
import dev.tidemark.testkit.ModuleConformance;
import dev.tidemark.testkit.TestProject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CatalogModuleTest extends ModuleConformance {

    private static final String COLUMNS = """
            {
              collection(name: "order") {
                name label description mode partitions keep
                columns { name label type description isDeclared isRequired values isDeprecated deprecationReason isIndexed }
              }
              propertyChanges { collection column type status total done unconverted sample problem finishedAt }
            }
            """;

    private TestProject project;

    @Override
    protected String module() {
        return "catalog";
    }

    @Override
    protected List<String> queries() {
        return List.of(COLUMNS);
    }

    @Override
    protected void fill(TestProject filled, String text) {
        declare(filled, """
                name: "order", description: "%1$s", properties: [{name: "%1$s", type: TEXT, values: ["%1$s"], description: "%1$s"}]
                """.formatted(text));
    }

    @BeforeEach
    void makeProject() {
        project = engine().project();
    }

    @Test
    void aCollectionIsMadeAsItWasDeclaredAndToldSo() {
        var errors = declare(project, """
                name: "Order",
                description: "A sale",
                mode: STRICT,
                partitions: DAY,
                keep: "P90D",
                properties: [
                  {name: "total", type: NUMERIC, isRequired: true, description: "In euros"},
                  {name: "plan", type: TEXT, values: ["free", "pro"]}
                ]
                """);

        assertThat(errors).isEmpty();
        assertThat(collection())
                .containsEntry("label", "Order")
                .containsEntry("description", "A sale")
                .containsEntry("mode", "STRICT")
                .containsEntry("partitions", "DAY")
                .containsEntry("keep", "PT2160H");
        assertThat(column("total"))
                .containsEntry("type", "NUMERIC")
                .containsEntry("isDeclared", true)
                .containsEntry("isRequired", true)
                .containsEntry("description", "In euros");
        assertThat(column("plan")).containsEntry("values", List.of("free", "pro"));
    }

    @Test
    void whatIsLeftOutOfADeclarationStaysAndNullTakesAway() {
        declare(project, """
                name: "order", description: "A sale", mode: STRICT,
                properties: [{name: "plan", type: TEXT, isRequired: true, values: ["free"], description: "Theirs"}]
                """);

        var errors = declare(project, """
                name: "ORDER", properties: [{name: "Plan", values: null}, {name: "note", type: TEXT}]
                """);

        assertThat(errors).isEmpty();
        assertThat(collection()).containsEntry("mode", "STRICT").containsEntry("description", "A sale");
        assertThat(column("plan"))
                .containsEntry("isRequired", true)
                .containsEntry("values", List.of())
                .containsEntry("description", "Theirs");
        assertThat(column("note")).containsEntry("isDeclared", true);
    }

    @Test
    void whatCannotBeIsRefusedWithItsPlaceAndRemedyAndNothingIsChanged() {
        project.collect(Event.of("order").with("total", "many"));

        assertThat(declare(project, "name: \"order\", mode: STRICT, properties: [{name: \"total\", type: LONG}]"))
                .singleElement()
                .satisfies(error -> assertThat(error)
                        .containsEntry("code", "CONFLICT")
                        .containsEntry("path", List.of("properties", "0", "type"))
                        .extractingByKey("message", InstanceOfAssertFactories.STRING)
                        .contains("changePropertyType"));
        assertThat(declare(project, "name: \"order\", properties: [{name: \"other\"}]"))
                .singleElement()
                .satisfies(error -> assertThat(error).asString().contains("say its type"));
        assertThat(declare(
                        project,
                        "name: \"order\", properties: [{name: \"a b\", type: LONG}, {name: \"aB\", type: LONG}]"))
                .singleElement()
                .satisfies(error -> assertThat(error).asString().contains("twice"));
        assertThat(declare(project, "name: \"order\", properties: [{name: \"n\", type: LONG, values: [\"1\"]}]"))
                .singleElement()
                .satisfies(error -> assertThat(error).asString().contains("TEXT"));
        assertThat(declare(project, "name: \"order\", partitions: HOUR"))
                .singleElement()
                .satisfies(error -> assertThat(error).asString().contains("60 days"));
        assertThat(declare(project, "name: \"_order\"")).hasSize(1);
        assertThat(collection()).containsEntry("mode", "OPEN").containsEntry("partitions", "MONTH");
        assertThat(column("total")).containsEntry("isDeclared", false);
    }

    @Test
    void aStrictCollectionTakesWhatFitsAndRefusesTheRestWithCodeAndPlace() {
        declare(project, """
                name: "order", mode: STRICT, properties: [
                  {name: "total", type: NUMERIC, isRequired: true},
                  {name: "plan", type: TEXT, values: ["free", "pro"]},
                  {name: "address.city", type: TEXT},
                  {name: "cart", type: JSON}
                ]
                """);
        var whole = Event.of("order")
                .with("Total", 12.5)
                .with("plan", "pro")
                .with("address", Map.of("city", "Bonn"))
                .with("cart", Map.of("a", Map.of("b", 1L)));

        var outcomes = collect(
                whole,
                whole.with("colour", "red"),
                whole.with("total", "12"),
                whole.with("total", null).with("Total", null),
                whole.with("plan", "gold"),
                whole.with("address", Map.of("zip", "53111")));

        assertThat(outcomes.getFirst()).isInstanceOf(Outcome.Stored.class);
        assertThat(outcomes.subList(1, 6))
                .extracting(CatalogModuleTest::reason)
                .extracting(Refusal::code, Refusal::pointer)
                .containsExactly(
                        Assertions.tuple("unknown_property", "/properties/colour"),
                        Assertions.tuple("same_property", "/properties/total"),
                        Assertions.tuple("missing_property", "/properties/total"),
                        Assertions.tuple("value_not_allowed", "/properties/plan"),
                        Assertions.tuple("unknown_property", "/properties/address/zip"));
        assertThat(
                        project.query(
                                "{ deadLetters { nodes { code raw } } events(collection: \"order\") { nodes { properties } } }"))
                .asString()
                .contains("value_not_allowed", "gold", "total=12.5", "cart={a={b=1}}");
    }

    @Test
    void whatHasTheLabelOfAColumnThatIsTakenIsShownBesideIt() {
        project.collect(Event.of("order").with("email", "a").with("n", 1L));

        collect(
                Event.of("order").with("Email", "b").with("email", "c"),
                Event.of("order").with("n", "many").with("N", 2L));

        assertThat(project.query("{ events(collection: \"order\") { nodes { properties } } }"))
                .asString()
                .contains("properties={email=b, email'=c}", "properties={n=2, n'=many}");
    }

    @Test
    void anOpenCollectionKeepsWhatDoesNotFitAndWarns() {
        declare(project, """
                name: "order", properties: [
                  {name: "total", type: LONG, isRequired: true}, {name: "plan", type: TEXT, values: ["free", "pro"]}
                ]
                """);

        var outcomes = collect(
                Event.of("order").with("total", 2.5).with("plan", "gold").with("colour", "red"),
                Event.of("order").with("total", 3L),
                Event.of("order"));

        assertThat(outcomes)
                .extracting(CatalogModuleTest::warnings)
                .containsExactly(List.of("does_not_fit", "value_not_allowed"), List.of(), List.of("missing_property"));
        assertThat(column("total")).containsEntry("type", "LONG");
        assertThat(column("colour")).containsEntry("isDeclared", false);
    }

    @Test
    void aRenamedPropertyIsMeantByItsFirstNameAndByItsNewOne() {
        project.collect(Event.of("order").with("order_total", 1L));

        var errors = change(
                "renameProperty(input: {collection: \"order\", property: \"orderTotal\", label: \"Amount paid\"})");
        project.collect(
                Event.of("order").with("amountPaid", 2L), Event.of("order").with("orderTotal", 3L));

        assertThat(errors).isEmpty();
        assertThat(column("order_total")).containsEntry("label", "Amount paid");
        assertThat(project.query("""
                { aggregate(collection: "order", measures: [{measure: SUM, of: "Amount paid"}]) { rows { measures } } }
                """)).asString().contains("6");
        assertThat(change("renameProperty(input: {collection: \"order\", property: \"amount_paid\", label: \"\"})"))
                .hasSize(1);
    }

    @Test
    void aLabelThatAnotherPropertyHasIsRefused() {
        project.collect(Event.of("order").with("a", 1L).with("b", 1L));

        assertThat(change("renameProperty(input: {collection: \"order\", property: \"a\", label: \"B\"})"))
                .singleElement()
                .satisfies(error -> assertThat(error).containsEntry("code", "CONFLICT"));
        assertThat(change("renameProperty(input: {collection: \"order\", property: \"c\", label: \"d\"})"))
                .singleElement()
                .satisfies(error -> assertThat(error).containsEntry("code", "NOT_FOUND"));
    }

    @Test
    void aDeprecationShowsItsReasonUntilItIsTakenBack() {
        project.collect(Event.of("order").with("a", 1L));

        change("deprecateProperty(input: {collection: \"order\", property: \"a\", reason: \"Use b.\"})");
        assertThat(column("a")).containsEntry("isDeprecated", true).containsEntry("deprecationReason", "Use b.");

        change("deprecateProperty(input: {collection: \"order\", property: \"a\"})");
        assertThat(column("a")).containsEntry("isDeprecated", false).containsEntry("deprecationReason", null);
    }

    @Test
    void onlyWhoAdministersAProjectDeclares() {
        var reader = new TestProject(
                project.engine(),
                project.project(),
                new Caller("test", Set.of(Scope.READ), project.caller().selected()));

        assertThat(reader.answer(
                        "mutation { declareCollection(input: {name: \"order\"}) { userErrors { code } } }", Map.of()))
                .asString()
                .contains("FORBIDDEN", "MASTER");
    }

    @Test
    void whatIsSaidOfCollectionsIsReadOnceEachAndHasItsLimit() {
        var properties = IntStream.range(0, 480)
                .mapToObj("{name: \"p%d\", type: LONG}"::formatted)
                .collect(Collectors.joining(" ", "properties: [", "]"));
        assertThat(declare("wide", properties, 900_000)).isEmpty();

        assertThat(project.query("{ collection(name: \"wide\") { description } }"))
                .asString()
                .hasSizeGreaterThan(900_000);
        assertThat(declare("other", "", 900_000)).isEmpty();
        assertThat(declare("third", "", 900_000))
                .singleElement()
                .asString()
                .contains("QUOTA_EXCEEDED", "2000000 characters");
        assertThat(project.query("{ collections { name } }")).asString().doesNotContain("third");
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> declare(String name, String more, int described) {
        var data = project.query(
                "mutation($text: String) { done: declareCollection(input: {name: \"%s\", description: $text, %s}) { userErrors { message code } } }"
                        .formatted(name, more),
                Map.of("text", "x".repeat(described)));
        return (List<Map<String, Object>>) ((Map<String, Object>) data.get("done")).get("userErrors");
    }

    private List<Outcome> collect(Event... events) {
        return project.engine()
                .events()
                .collect(project.project(), List.of(events), Origin.of("test", Instant.parse("2026-01-02T03:04:05Z")));
    }

    private static Refusal reason(Outcome outcome) {
        return ((Outcome.Refused) outcome).reason();
    }

    private static List<String> warnings(Outcome outcome) {
        return ((Outcome.Stored) outcome).warnings().stream().map(Refusal::code).toList();
    }

    private static List<Map<String, Object>> declare(TestProject project, String input) {
        return errors(project, "declareCollection(input: {" + input + "})");
    }

    private List<Map<String, Object>> change(String mutation) {
        return errors(project, mutation);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> errors(TestProject project, String mutation) {
        var data = project.query("mutation { done: " + mutation + " { userErrors { message code path } } }");
        return (List<Map<String, Object>>) ((Map<String, Object>) data.get("done")).get("userErrors");
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> collection() {
        return (Map<String, Object>) project.query(COLUMNS).get("collection");
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> column(String name) {
        return ((List<Map<String, Object>>) collection().get("columns"))
                .stream()
                        .filter(column -> name.equals(column.get("name")))
                        .findFirst()
                        .orElseThrow();
    }
}

package dev.tidemark.core.typed;

import static dev.tidemark.testkit.Json.list;
import static dev.tidemark.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Scope;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whose schema has what, and when. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProjectSchemasTest {

    private static final String FIELDS_OF_ROW = "{ __type(name: \"ClickRow\") { fields { name } } }";
    private static final String DESCRIPTIONS = """
        query($type: String!) {
          __type(name: $type) {
            fields(includeDeprecated: true) { name description deprecationReason }
            inputFields(includeDeprecated: true) { name description deprecationReason }
            enumValues(includeDeprecated: true) { name description deprecationReason }
          }
        }
        """;
    private static final String FIELDS_OF_QUERY = "{ __schema { queryType { fields { name } } } }";

    @AutoClose
    private TestEngine engine;

    private PostgresAddress address;

    @BeforeAll
    void start(PostgresAddress address) {
        this.address = address;
        this.engine = TestEngine.start(address);
    }

    @Test
    void withoutCollectionsThereIsNoData() {
        assertThat(queryFields(engine.project())).contains("collections").doesNotContain("data");
    }

    @Test
    void aNewCollectionAndANewColumnAreThereAtOnce() {
        var project = engine.project();
        project.collect(Event.of("click").with("country", "DE"));

        assertThat(queryFields(project)).contains("data");
        assertThat(names(project)).contains("id", "time", "country").doesNotContain("city");

        project.collect(Event.of("click").with("city", "Berlin"));

        assertThat(names(project)).contains("country", "city");
        assertThat(project.query("{ data { click { rows { nodes { country city } } } } }"))
                .isNotEmpty();
    }

    @Test
    void whatIsDeclaredIsWhatTheSchemaSays() {
        var project = engine.project();
        project.query("""
            mutation { declareCollection(input: {name: "click", description: "On anything", properties: [
                {name: "total", type: NUMERIC, description: "In euros"}, {name: "gross", type: NUMERIC}]}) {
                userErrors { message } } }
            """);
        assertThat(descriptions(project, "Data")).containsExactly(tuple("click", "On anything", null));
        assertThat(descriptions(project, "ClickRow")).contains(tuple("total", "In euros", null));

        project.query("""
            mutation { deprecateProperty(input: {collection: "click", property: "gross", reason: "Use total."}) {
                userErrors { message } } }
            """);

        assertThat(List.of("ClickRow", "ClickAggregateKey", "ClickFilter", "ClickNumeric"))
                .allSatisfy(type -> assertThat(descriptions(project, type))
                        .contains(
                                tuple("total", "In euros", null),
                                tuple("gross", "Property \"gross\", NUMERIC.", "Use total.")));
    }

    @Test
    void anotherNodeHasThemWithinASecond() {
        try (var other = TestEngine.start(address)) {
            var project = engine.project();
            var there = new TestProject(other.engine(), project.project(), project.caller());
            project.collect(Event.of("click").with("country", "DE"));
            await().until(() -> names(there).contains("country"));

            project.collect(Event.of("click").with("city", "Berlin"));

            await().atMost(Duration.ofSeconds(10)).until(() -> names(there).contains("city"));
        }
    }

    @Test
    void projectsWithTheSameCollectionSeeTheirOwnColumnsAlone() {
        var one = engine.project();
        var two = engine.project();
        one.collect(Event.of("click").with("secret", 1L).with("same", "text"));
        two.collect(Event.of("click").with("other", true).with("same", 2L));

        assertThat(names(one)).contains("secret", "same").doesNotContain("other");
        assertThat(names(two)).contains("other", "same").doesNotContain("secret");
        assertThat(message(two, "{ data { click { rows { nodes { secret } } } } }"))
                .contains("ClickRow has no field \"secret\"");
        assertThat(object(two.query("{ data { click { aggregate { rows { sum(of: SAME) } } } } }")))
                .isNotEmpty();
    }

    @Test
    void aKeyThatMayOnlyWriteSeesNothingOfIt() {
        var project = engine.project();
        project.collect(Event.of("click").with("country", "DE"));
        var caller = new Caller("writer", Set.of(Scope.WRITE), Optional.of(project.project()));
        var writer = new TestProject(project.engine(), project.project(), caller);

        assertThat(message(writer, "{ data { click { rows { nodes { country } } } } }"))
                .doesNotContain("click", "country");
    }

    @Test
    void whateverPropertiesAreCalledEachIsAFieldOfItsOwn() {
        var project = engine.project();
        var labels = List.of(
                "id",
                "idProperty",
                "id Property",
                "ID",
                "time",
                "and",
                "or",
                "not",
                "__x",
                "_x",
                "__typename",
                "1st",
                "été",
                "ete",
                "naïve name",
                "日本",
                "日本語",
                "true",
                "null",
                "on",
                "hour_of_day",
                "count",
                "bucket",
                "group",
                "a b",
                "a-b",
                "a$b",
                "a%b",
                "person",
                "extra",
                "collection",
                "rows",
                "$",
                "%",
                "🙂",
                "x.y",
                "x");
        var event = Event.of("click");
        for (var label : labels) {
            event = event.with(label, label);
        }
        project.collect(event);

        var fields = names(project);
        var rows = object(
                project.query("{ data { click { rows { nodes { " + String.join(" ", fields) + " } } } } }"),
                "data",
                "click",
                "rows");
        var constants = list(
                object(project.query("{ __type(name: \"ClickMeasurable\") { enumValues { name } } }"), "__type"),
                "enumValues");

        assertThat(fields).doesNotHaveDuplicates().allMatch(field -> field.matches("[a-z][A-Za-z0-9_]*"));
        assertThat(list(rows, "nodes").getFirst().values())
                .contains("id", "idProperty", "time", "__x", "_x", "1st", "été", "日本", "日本語", "true", "🙂", "$", "%");
        assertThat(constants)
                .extracting(constant -> constant.get("name").toString())
                .doesNotHaveDuplicates()
                .contains("ID_PROPERTY", "ID_PROPERTY_PROPERTY", "TRUE", "TIME", "TIME_PROPERTY");
    }

    @Test
    void namesDoNotDependOnWhatArrivedFirst() {
        var one = engine.project();
        var two = engine.project();
        var labels = List.of("id", "idProperty", "a$b", "a%b", "été", "ete");
        labels.forEach(label -> one.collect(Event.of("click").with(label, label)));
        labels.reversed().forEach(label -> two.collect(Event.of("click").with(label, label)));

        assertThat(names(two)).containsExactlyInAnyOrderElementsOf(names(one));
    }

    @Test
    void aCollectionMayHaveHundredsOfColumns() {
        var project = engine.project();
        for (int part = 0; part < 500; part += 50) {
            var from = part;
            var event = Event.of("click");
            for (int i : IntStream.range(from, from + 50).toArray()) {
                event = event.with("property " + i, (long) i);
            }
            project.collect(event);
        }

        assertThat(names(project)).hasSizeGreaterThan(500).contains("property_499");
        var answer = object(
                project.query(
                        "{ data { click { aggregate(groupBy: [PROPERTY_499]) { rows { sum(of: PROPERTY_0) } } } } }"),
                "data",
                "click",
                "aggregate");
        assertThat(list(answer, "rows")).hasSize(2);
    }

    @Test
    void typedFieldsCostWhatTheFieldsThatNameACollectionCost() {
        var project = engine.project();
        project.collect(Event.of("click").with("country", "DE"));

        var aliases = new StringBuilder();
        for (int i = 0; i < 51; i++) {
            aliases.append(" a").append(i).append(": aggregate { rows { count } }");
        }

        assertThat(cost(
                        project,
                        "{ data { click { aggregate { rows { count } } rows(first: 1000) { nodes { id } } } } }"))
                .isEqualTo(300L);
        assertThat(message(project, "{ data { click {" + aliases + " } } }")).contains("costs 10200");
    }

    private static Object cost(TestProject project, String query) {
        return object(project.answer(query, Map.of()), "extensions", "cost").get("requested");
    }

    private static List<String> names(TestProject project) {
        var type = project.query(FIELDS_OF_ROW).get("__type");
        return type == null
                ? List.of()
                : list(object(type), "fields").stream()
                        .map(field -> field.get("name").toString())
                        .toList();
    }

    private static List<Tuple> descriptions(TestProject project, String type) {
        var parts = object(project.query(DESCRIPTIONS, Map.of("type", type)), "__type");
        return Stream.of("fields", "inputFields", "enumValues")
                .filter(kind -> parts.get(kind) != null)
                .flatMap(kind -> list(parts, kind).stream())
                .map(part -> tuple(
                        part.get("name").toString().toLowerCase(Locale.ROOT),
                        part.get("description"),
                        part.get("deprecationReason")))
                .toList();
    }

    private static List<String> queryFields(TestProject project) {
        return list(object(project.query(FIELDS_OF_QUERY), "__schema", "queryType"), "fields").stream()
                .map(field -> field.get("name").toString())
                .toList();
    }

    private static String message(TestProject project, String query) {
        return list(project.answer(query, Map.of()), "errors")
                .getFirst()
                .get("message")
                .toString();
    }
}

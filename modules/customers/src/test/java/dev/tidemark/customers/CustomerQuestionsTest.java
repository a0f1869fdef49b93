package dev.tidemark.customers;

import static dev.tidemark.customers.Shops.NOON;
import static dev.tidemark.customers.Shops.merge;
import static dev.tidemark.customers.Shops.unmerge;
import static dev.tidemark.customers.Shops.update;
import static dev.tidemark.customers.Shops.visit;
import static dev.tidemark.testkit.Json.list;
import static dev.tidemark.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Event;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Customers as something one can ask, and what questions about events can ask of the people behind them. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CustomerQuestionsTest {

    @AutoClose
    private TestEngine engine;

    @BeforeAll
    void start(PostgresAddress address) {
        engine = TestEngine.start(address);
    }

    @Test
    void customersHaveTypedRowsAndNumbersAsCollectionsHave() {
        var shop = shop();

        var customers = object(shop.query("""
                { data { customers {
                    rows(where: {plan: {isSet: true}}, orderBy: {by: AGE, direction: DESC}, first: 2) {
                        nodes { person plan age } pageInfo { hasNextPage }
                    }
                    aggregate(groupBy: PLAN, orderBy: {by: "people", direction: DESC}) {
                        rows { group { plan } people: count age: avg(of: AGE) }
                    }
                } } }
                """), "data", "customers");

        assertThat(object(customers, "rows"))
                .hasToString("{nodes=[{person=bob, plan=free, age=50}, {person=ada, plan=pro, age=40}],"
                        + " pageInfo={hasNextPage=true}}");
        assertThat(object(customers, "aggregate"))
                .hasToString(
                        "{rows=[{group={plan=pro}, people=2, age=35.0}, {group={plan=free}, people=1, age=50.0}]}");
    }

    @Test
    void questionsAboutEventsFilterGroupAndShowWhatIsKnownOfThePeople() {
        var shop = shop();

        var typed = object(shop.query("""
                { data { visit {
                    rows(where: {personProperties: {age: {gte: 40}}}, orderBy: {by: TIME}) {
                        nodes { user personProperties { plan age } }
                    }
                    aggregate(groupBy: PAGE, groupByPerson: PLAN, orderBy: {by: "personProperties.plan"}) {
                        rows {
                            group { page personProperties { plan } }
                            count
                            old: count(where: {personProperties: {not: {age: {lt: 40}}}})
                        }
                    }
                } } }
                """), "data", "visit");

        assertThat(object(typed, "rows").get("nodes")).hasToString("""
                [{user=ada, personProperties={plan=pro, age=40}}, {user=bob, personProperties={plan=free, age=50}}]""");
        assertThat(object(typed, "aggregate").get("rows")).hasToString("""
                [{group={page=/, personProperties={plan=free}}, count=1, old=1},\
                 {group={page=/, personProperties={plan=pro}}, count=2, old=1},\
                 {group={page=/, personProperties={plan=null}}, count=1, old=1}]""");
        assertThat(plans(shop, ", union: [\"buy\"]")).isEqualTo(Map.of("pro", 3L, "free", 1L, "", 1L));
        assertThat(list(object(shop.query("""
                        { aggregate(collection: "visit", measures: {measure: MAX, of: "_person.age"}
                            where: {property: {name: "_person.Plan", eq: "pro"}}, groupBy: {property: "_person._person"}, first: 9
                          ) { rows { group measures people { nodes { id } } events { nodes { user } } } } }
                        """), "aggregate"), "rows"))
                .extracting(Object::toString)
                .containsExactly("""
                        {group={_person._person=ada}, measures={max__person.age=40},\
                         people={nodes=[{id=ada}]}, events={nodes=[{user=ada}]}}""", """
                        {group={_person._person=eve}, measures={max__person.age=30},\
                         people={nodes=[{id=eve}]}, events={nodes=[{user=eve}]}}""");
    }

    @Test
    void peopleWhoAreOneHaveOneAnothersPropertiesInQuestionsUntilTheyAreTwo() {
        var shop = shop();
        shop.collect(
                Event.of("visit").byVisitor("device").at(NOON),
                Event.of("visit").byVisitor("eve").at(NOON));

        var fact = merge(shop, "device", "ada");
        assertThat(plans(shop, "")).isEqualTo(Map.of("pro", 4L, "free", 1L, "", 1L));

        unmerge(shop, fact);
        assertThat(plans(shop, "")).isEqualTo(Map.of("pro", 3L, "free", 1L, "", 2L));
    }

    @Test
    void whatIsNotKnownOfAnyoneIsRefusedWithItsPlaceAndWhatIsKnownIsNoPropertyOfTheEvent() {
        var shop = engine.project();
        shop.collect(visit("ada", 0).with("person", Map.of("plan", "of the event")));

        assertThat(refusal(shop, "_person.plan")).contains("has no property").contains("_person.plan");
        update(shop, Map.of("id", "ada", "set", Map.of("plan", "pro")));
        assertThat(refusal(shop, "_person.plam")).contains("_person.plan").contains("groupBy");
        assertThat(plans(shop, "")).isEqualTo(Map.of("pro", 1L));
        assertThat(shop.query(
                        "{ data { visit { aggregate(groupBy: PERSON_PLAN) { rows { group { personPlan } } } } } }"))
                .hasToString("{data={visit={aggregate={rows=[{group={personPlan=of the event}}]}}}}");
        assertThat(shop.answer(
                                "{ data { visit { aggregate { rows { group { personProperties { plan } } } } } } }",
                                Map.of())
                        .toString())
                .contains("add PLAN to groupByPerson");
    }

    /** Three who are known, a visit of each and of a stranger, and a purchase. */
    private TestProject shop() {
        var shop = engine.project();
        update(shop, Map.of("id", "ada", "set", Map.of("plan", "pro", "age", 40)));
        update(shop, Map.of("id", "bob", "set", Map.of("plan", "free", "age", 50)));
        update(shop, Map.of("id", "eve", "set", Map.of("plan", "pro", "age", 30)));
        shop.collect(visit("ada", 0), visit("bob", 1), visit("eve", 2), visit("nobody", 3));
        shop.collect(Event.of("buy").by("ada").at(NOON).with("price", 5));
        return shop;
    }

    /** How many visits there are by the plan of who visits. */
    private static Map<Object, Object> plans(TestProject shop, String more) {
        var rows = list(
                object(
                        shop.query("{ aggregate(collection: \"visit\"" + more
                                + ", measures: {measure: COUNT, as: \"n\"}, groupBy: {property: \"_person.plan\", as: \"plan\"})"
                                + " { rows { group measures } } }"),
                        "aggregate"),
                "rows");
        var plans = new HashMap<Object, Object>();
        for (var row : rows) {
            var plan = ((Map<?, ?>) row.get("group")).get("plan");
            plans.put(plan == null ? "" : plan, ((Map<?, ?>) row.get("measures")).get("n"));
        }
        return plans;
    }

    private static String refusal(TestProject shop, String property) {
        return shop.answer(
                        "{ aggregate(collection: \"visit\", measures: {measure: COUNT}, groupBy: {property: \""
                                + property + "\"}) { rows { group } } }",
                        Map.of())
                .toString();
    }
}

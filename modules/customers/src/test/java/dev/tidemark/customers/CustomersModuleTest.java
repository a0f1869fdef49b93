package dev.tidemark.customers;

import static dev.tidemark.customers.Shops.NOON;
import static dev.tidemark.customers.Shops.answered;
import static dev.tidemark.customers.Shops.merge;
import static dev.tidemark.customers.Shops.properties;
import static dev.tidemark.customers.Shops.unmerge;
import static dev.tidemark.customers.Shops.update;
import static dev.tidemark.customers.Shops.visit;
import static dev.tidemark.testkit.Json.list;
import static dev.tidemark.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.spi.Event;
import dev.tidemark.testkit.Markdown;
import dev.tidemark.testkit.ModuleConformance;
import dev.tidemark.testkit.TestProject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The names of cases of {@code conformance/analytics.md} stand before what they say. */
class CustomersModuleTest extends ModuleConformance {

    @Override
    protected String module() {
        return "customers";
    }

    @Override
    protected void fill(TestProject project, String text) {
        super.fill(project, text);
        update(project, Map.of("id", text, "set", Map.of("plan", text, text, text, "age", 1)));
    }

    @Override
    protected void fillAsTold(TestProject project) {
        project.query(
                Markdown.blocks(Path.of("README.md"), "graphql").getFirst().code());
        project.collect(visit("ada", 0), visit("ada", 1), visit("eve", 2));
    }

    /** Keys that send are public: nobody hides the customers by an event of their name. */
    @Test
    void eventsOfTheNameCustomersAreDeadLetters() {
        var shop = engine().project();
        update(shop, Map.of("id", "ada", "set", Map.of("plan", "pro")));

        var sent = shop.query("""
                mutation { collect(input: {events: [{collection: "Customers", properties: {amount: 3}}]}) {
                  stored outcomes { reason { code message } }
                } }
                """);

        assertThat(sent.toString()).contains("stored=0", "name_taken", "the name \"customers\"");
        assertThat(shop.query("{ data { customers { rows(first: 10) { nodes { plan } } } } }")
                        .toString())
                .contains("plan=pro");
    }

    @Test
    void u1AndU3AndU9AndU10ValuesReplaceOneAnotherAndNullIsNone() {
        var shop = engine().project();

        update(shop, Map.of("id", "u1", "set", Map.of("plan", "pro", "age", 30)));
        update(shop, Map.of("id", "u1", "set", Map.of("age", 31)));
        shop.query("mutation { updateCustomers(input: {customers: {id: \"u3\", set: {plan: null}}}) { updated } }");
        update(shop, Map.of("id", "u1", "setOnce", Map.of("plan", "free", "city", "Bern")));
        update(shop, Map.of("id", "u10", "set", Map.of("a", 1, "b", 2, "c", 3, "d", 4, "e", Map.of("f", 5))));
        update(shop, Map.of("id", "u10", "unset", List.of("A", "e.f")));

        assertThat(properties(shop, "u1")).isEqualTo(Map.of("plan", "pro", "age", 31L, "city", "Bern"));
        assertThat(properties(shop, "u3")).isEmpty();
        assertThat(properties(shop, "u10")).isEqualTo(Map.of("b", 2L, "c", 3L, "d", 4L));
        assertThat(shop.query("{ customer(id: \"nobody\") { id } }")).containsEntry("customer", null);
    }

    @Test
    void u11AndD5IncrementsAndAppendsAreOfOneCustomerAndOfItsTypeOnly() {
        var shop = engine().project();
        update(shop, Map.of("id", "one", "set", Map.of("n", 1)));
        update(shop, Map.of("id", "two", "set", Map.of("n", 5)));

        update(shop, Map.of("id", "one", "increment", Map.of("n", 10, "visits", 10)));
        update(shop, Map.of("id", "one", "increment", Map.of("visits", 10, "n", 0.5), "append", Map.of("tags", "a")));
        var refused = answered(
                shop,
                List.of(
                        Map.of("id", "one", "set", Map.of("plan", "pro")),
                        Map.of("id", "one", "set", Map.of("plan", "free"), "increment", Map.of("plan", 1)),
                        Map.of("id", "one", "append", Map.of("tags", List.of("b", "c"))),
                        Map.of("id", "one", "append", Map.of("plan", "b")),
                        Map.of("id", " ")));

        assertThat(refused).containsEntry("updated", 2);
        assertThat(list(refused, "userErrors"))
                .extracting(error -> error.get("path"))
                .containsExactly(
                        List.of("customers", "4", "id"),
                        List.of("customers", "1", "increment", "plan"),
                        List.of("customers", "3", "append", "plan"));
        assertThat(properties(shop, "one"))
                .isEqualTo(Map.of("n", 11.5, "visits", 20L, "tags", List.of("a", "b", "c"), "plan", "pro"));
        assertThat(properties(shop, "two")).isEqualTo(Map.of("n", 5.0));
    }

    @Test
    void whatDoesNotFitItsColumnIsKeptBesideItAndNothingIsLost() {
        var shop = engine().project();
        update(shop, Map.of("id", "a", "set", Map.of("age", 30, "big", 1)));

        update(shop, Map.of("id", "a", "set", Map.of("age", "old", "big", 9_223_372_036_854_775_807L)));
        update(shop, Map.of("id", "a", "increment", Map.of("big", 1)));

        assertThat(properties(shop, "a")).isEqualTo(Map.of("age", "old", "big", "9223372036854775808"));
        update(shop, Map.of("id", "a", "set", Map.of("age", 31)));
        assertThat(properties(shop, "a")).containsEntry("age", 31L);
        assertThat(list(answered(shop, List.of(Map.of("id", "a", "set", Map.of("x", "\0")))), "userErrors"))
                .extracting(error -> error.get("path"))
                .containsExactly(List.of("customers", "0", "set", "x"));
    }

    @Test
    void u6AndU7ManyWhoChangeOneCustomerAtOnceLoseNothing() throws Exception {
        var shop = engine().project();
        var tasks = IntStream.range(0, 1_000)
                .<Callable<Boolean>>mapToObj(i -> () -> {
                    Map<String, Object> four = new LinkedHashMap<>();
                    IntStream.range(0, 4).forEach(k -> four.put("p" + i + "_" + k, i * 4 + k));
                    update(shop, Map.of("id", "one", "set", four, "increment", Map.of("sum", 1)));
                    return true;
                })
                .toList();

        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
        }

        var properties = properties(shop, "one");
        assertThat(properties).hasSize(4_001).containsEntry("sum", 1_000L);
        assertThat(IntStream.range(0, 4_000))
                .allSatisfy(n ->
                        assertThat(properties.get("p" + n / 4 + "_" + n % 4)).hasToString(Integer.toString(n)));
        assertThat(shop.query("{ customers { totalCount } }")).isEqualTo(Map.of("customers", Map.of("totalCount", 1L)));
    }

    @Test
    void sendersCallsSetPropertiesOnce() {
        var shop = engine().project();
        shop.collect(
                Event.of("identify")
                        .by("ada")
                        .with("plan", "pro")
                        .with("address", Map.of("city", "Bern"))
                        .with("context", Map.of("library", "x", "traits_once", Map.of("plan", "free", "source", "ad"))),
                Event.of("group").by("ada").with("groupId", "acme"),
                Event.of("group").byVisitor("device").with("groupId", "eu").with("groupType", "region"),
                Event.of("identify").by("x".repeat(501)).with("plan", "of nobody"),
                Event.of("identify").with("plan", "of nobody"));

        await().untilAsserted(() -> assertThat(properties(shop, "device")).isEqualTo(Map.of("group.region", "eu")));

        assertThat(properties(shop, "ada"))
                .isEqualTo(Map.of("plan", "pro", "address.city", "Bern", "source", "ad", "group", "acme"));
        assertThat(shop.query("{ customers { totalCount } }")).isEqualTo(Map.of("customers", Map.of("totalCount", 2L)));
    }

    @Test
    void customersAreFoundByWhatTheyAreAndDidAndShowTheirHistory() {
        var shop = engine().project();
        IntStream.range(0, 10)
                .forEach(i -> update(
                        shop,
                        Map.of(
                                "id",
                                "c" + i,
                                "set",
                                Map.of("plan", i % 2 == 0 ? "pro" : "free"),
                                "setOnce",
                                Map.of("rank", i / 4))));
        shop.collect(visit("c2", 0), visit("c2", 10), visit("c2", 45), visit("c4", 0), visit("c1", 0), visit("c3", 1));
        shop.collect(Event.of("buy").by("c2").at(NOON.plusSeconds(60)).with("price", 5));

        var question = """
                query ($after: String) {
                  customers(
                    where: {properties: {property: {name: "Plan", eq: "pro"}}}
                    orderBy: {property: "rank", direction: DESC}, first: 2, after: $after
                  ) { totalCount nodes { id } pageInfo { hasNextPage endCursor } }
                }
                """;
        var first = object(shop.query(question), "customers");
        var after = object(first, "pageInfo").get("endCursor");
        var second = object(shop.query(question, Map.of("after", Objects.requireNonNull(after))), "customers");
        var often = shop.query("""
                {
                  customers(where: {
                    properties: {property: {name: "plan", eq: "pro"}}
                    did: [{collection: "visit", count: 2, where: {property: {name: "page", eq: "/"}}}]
                  }) {
                    nodes {
                      id sessions firstSeen lastSeen
                      timeline(first: 2, where: {not: {property: {name: "_time", gte: "2026-01-05T12:45:00Z"}}}) {
                        nodes { collection time }
                      }
                    }
                  }
                }
                """);
        var recently =
                shop.query("{ customers(where: {did: {collection: \"visit\", within: \"PT1H\"}}) { totalCount } }");
        var people = shop.query("""
                {
                  aggregate(collection: "visit", measures: {measure: COUNT}, first: 1) {
                    rows { people(first: 2) { nodes { id customer { properties lastSeen } } } }
                  }
                }
                """);

        assertThat(first).containsEntry("totalCount", 5L);
        assertThat(List.of(first.get("nodes"), second.get("nodes")))
                .hasToString("[[{id=c8}, {id=c6}], [{id=c4}, {id=c2}]]");
        assertThat(often)
                .hasToString("{customers={nodes=[{id=c2, sessions=2, firstSeen=2026-01-05T12:00:00Z,"
                        + " lastSeen=2026-01-05T12:45:00Z, timeline={nodes=[{collection=visit, time=2026-01-05T12:10:00Z},"
                        + " {collection=buy, time=2026-01-05T12:01:00Z}]}}]}}");
        assertThat(recently).hasToString("{customers={totalCount=0}}");
        assertThat(people.toString())
                .contains("{id=c1, customer={properties={plan=free, rank=0}, lastSeen=2026-01-05T12:00:00Z}}");
    }

    /** Whoever did it under any of their ids, and is found by it under their own, on whichever page. */
    @Test
    void whatPeopleDidCountsUnderAllOfTheirIds() {
        var shop = engine().project();
        for (var id : List.of("ada", "bob", "cid", "dan")) {
            update(shop, Map.of("id", id, "set", Map.of("plan", id.equals("dan") ? "free" : "pro")));
        }
        shop.collect(
                visit("ada", 0), visit("bob", 0), visit("bob", 1), visit("cid", 0), visit("dan", 0), visit("dan", 1));
        shop.collect(
                Event.of("visit").byVisitor("ada-phone").at(NOON).with("page", "/"),
                Event.of("visit").byVisitor("bob").at(NOON).with("page", "/"),
                Event.of("visit").byVisitor("bob").by("other").at(NOON).with("page", "/"),
                Event.of("visit").by("cid-old").at(NOON).with("page", "/odd"));
        var search = """
                query ($count: Int!, $after: String) { customers(
                  where: {
                    properties: {property: {name: "plan", eq: "pro"}}
                    did: [{collection: "visit", count: $count, where: {property: {name: "page", eq: "/"}}}, {collection: "visit"}]
                  }
                  first: 1, after: $after
                ) { totalCount nodes { id } pageInfo { endCursor } } }
                """;

        var before = shop.query(search, Map.of("count", 2)).toString();
        var phone = merge(shop, "ada-phone", "ada");
        merge(shop, "cid", "cid-old");
        merge(shop, "cid-old", "cid");
        var first = object(shop.query(search, Map.of("count", 2)), "customers");
        var cursor = Objects.requireNonNull(object(first, "pageInfo").get("endCursor"));
        var second = shop.query(search, Map.of("count", 2, "after", cursor)).toString();
        var odd = shop.query(search, Map.of("count", 9)).toString();
        unmerge(shop, phone);
        var after = shop.query(search, Map.of("count", 2)).toString();

        assertThat(before).contains("totalCount=1", "nodes=[{id=bob}]");
        assertThat(first.toString()).contains("totalCount=2", "nodes=[{id=ada}]");
        assertThat(second).contains("totalCount=2", "nodes=[{id=bob}]");
        assertThat(odd).contains("totalCount=0", "nodes=[]");
        assertThat(after).isEqualTo(before);
    }

    @Test
    void whatCannotBeAskedIsRefusedWithItsPlace() {
        var shop = engine().project();
        shop.collect(visit("a", 0));

        assertThat(shop.answer("{ customers(where: {did: {collection: \"vist\"}}) { totalCount } }", Map.of()))
                .extracting("errors")
                .asString()
                .contains("visit")
                .contains("BAD_USER_INPUT");
        for (var within : List.of("PT2562047788015215H", "PT-1H", "PT0S")) {
            assertThat(shop.answer(
                            "{ customers(where: {did: {collection: \"visit\", within: \"" + within
                                    + "\"}}) { totalCount } }",
                            Map.of()))
                    .extracting("errors")
                    .asString()
                    .contains("BAD_USER_INPUT", "where, did, 0, within", "36500 days");
        }
        assertThat(shop.answer("{ customers(orderBy: {property: \"plan\"}) { totalCount } }", Map.of()))
                .extracting("errors")
                .asString()
                .contains("BAD_USER_INPUT");
        assertThat(shop.query("{ customer(id: \"\\u0000\") { id } }")).containsEntry("customer", null);
    }
}

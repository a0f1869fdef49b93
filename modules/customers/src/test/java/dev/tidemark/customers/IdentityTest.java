package dev.tidemark.customers;

import static dev.tidemark.customers.Shops.NOON;
import static dev.tidemark.customers.Shops.UNMERGE;
import static dev.tidemark.customers.Shops.identified;
import static dev.tidemark.customers.Shops.labels;
import static dev.tidemark.customers.Shops.merge;
import static dev.tidemark.customers.Shops.people;
import static dev.tidemark.customers.Shops.properties;
import static dev.tidemark.customers.Shops.unmerge;
import static dev.tidemark.customers.Shops.update;
import static dev.tidemark.customers.Shops.visit;
import static dev.tidemark.testkit.Json.list;
import static dev.tidemark.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Event;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who is who, and what follows for questions and properties. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdentityTest {

    @AutoClose
    private TestEngine engine;

    @BeforeAll
    void start(PostgresAddress address) {
        engine = TestEngine.start(address);
    }

    @Test
    void asOfAMomentPeopleAreWhomWhatHadBeenSaidByThenMadeThem() {
        var shop = engine.project();
        update(shop, Map.of("id", "ada", "set", Map.of("plan", "pro")));
        shop.collect(
                Event.of("visit").byVisitor("device").at(NOON),
                Event.of("visit").by("ada").at(NOON.plusSeconds(60)),
                identified("device", "ada"),
                Event.of("visit").byVisitor("device").at(NOON.plusSeconds(7_200)));
        await().untilAsserted(() -> assertThat(people(shop)).isEqualTo(1));
        var question = """
                query ($asOf: DateTime) {
                  customer(id: "device", asOf: $asOf) {
                    id ids properties sessions lastSeen facts { one } timeline(where: {property: {name: "_collection", eq: "visit"}}) { nodes { time } }
                  }
                }
                """;

        assertThat(shop.query(question, Map.of("asOf", "2026-01-05T12:01:00Z")))
                .hasToString("{customer={id=device, ids=[device], properties={plan=pro}, sessions=1,"
                        + " lastSeen=2026-01-05T12:00:00Z, facts=[], timeline={nodes=[{time=2026-01-05T12:00:00Z}]}}}");
        assertThat(shop.query(question, Map.of("asOf", "2026-01-05T12:30:00Z")))
                .hasToString("{customer={id=ada, ids=[ada, device], properties={plan=pro}, sessions=1,"
                        + " lastSeen=2026-01-05T12:01:30Z, facts=[{one=device}],"
                        + " timeline={nodes=[{time=2026-01-05T12:01:00Z}, {time=2026-01-05T12:00:00Z}]}}}");
        assertThat(object(shop.query(question), "customer")).containsEntry("sessions", 2L);
    }

    @Test
    void whoIdentifiesIsCountedOnceWithWhatTheyDidBefore() {
        var shop = engine.project();
        shop.collect(
                Event.of("visit").byVisitor("device").at(NOON).with("page", "/"),
                Event.of("visit").byVisitor("device").by("ada").at(NOON.plusSeconds(60)),
                Event.of("visit").byVisitor("tablet").at(NOON.plusSeconds(7_200)),
                Event.of("visit").by("bob").at(NOON));
        update(shop, Map.of("id", "device", "set", Map.of("language", "de", "plan", "none")));
        assertThat(people(shop)).isEqualTo(4);

        shop.collect(
                identified("device", "ada").with("plan", "pro"),
                identified("tablet", "ada"),
                identified("device", "bob").with("plan", "free"));
        await().untilAsserted(() -> assertThat(people(shop)).isEqualTo(2));

        var ada = object(shop.query("""
                {
                  customer(id: "tablet") {
                    id ids properties sessions firstSeen lastSeen
                    timeline { nodes { collection } }
                    facts { kind one other isEffective }
                  }
                }
                """), "customer");
        assertThat(ada)
                .containsEntry("id", "ada")
                .containsEntry("ids", List.of("ada", "device", "tablet"))
                .containsEntry("properties", Map.of("plan", "pro", "language", "de"))
                .containsEntry("sessions", 2L)
                .containsEntry("firstSeen", "2026-01-05T12:00:00Z");
        assertThat(list(object(ada, "timeline"), "nodes")).hasSize(5);
        assertThat(ada.get("facts"))
                .hasToString("[{kind=IDENTIFY, one=device, other=ada, isEffective=true},"
                        + " {kind=IDENTIFY, one=tablet, other=ada, isEffective=true},"
                        + " {kind=IDENTIFY, one=device, other=bob, isEffective=false}]");
        assertThat(shop.query("{ customers { nodes { id } } }"))
                .hasToString("{customers={nodes=[{id=ada}, {id=bob}]}}");
        assertThat(shop.query("""
                {
                  customers(where: {did: {collection: "visit", count: 3}}) { nodes { id } }
                  aggregate(
                    collection: "visit", groupBy: {property: "_person"}, measures: {measure: COUNT}, first: 1
                    orderBy: {by: "count", direction: DESC}
                  ) { rows { group measures people { nodes { id customer { ids } } } events { nodes { user } } } }
                }
                """))
                .hasToString("{customers={nodes=[{id=ada}]}, aggregate={rows=[{group={_person=ada}, measures={count=3},"
                        + " people={nodes=[{id=ada, customer={ids=[ada, device, tablet]}}]},"
                        + " events={nodes=[{user=null}, {user=ada}, {user=null}]}}]}}");
    }

    @Test
    void whoIsErasedIsForgottenAndTheOthersKeepWhatIsTheirs() {
        var shop = engine.project();
        update(shop, Map.of("id", "device", "set", Map.of("language", "de")));
        update(shop, Map.of("id", "ada", "set", Map.of("plan", "pro")));
        merge(shop, "device", "ada");
        assertThat(properties(shop, "device")).containsOnlyKeys("language", "plan");

        shop.query("mutation { eraseUser(input: {user: \"ada\"}) { userErrors { message } } }");

        await().untilAsserted(() -> assertThat(properties(shop, "ada")).isEmpty());
        assertThat(properties(shop, "device")).isEqualTo(Map.of("language", "de"));
        assertThat(shop.query("{ customer(id: \"device\") { ids facts { id } } }"))
                .hasToString("{customer={ids=[device], facts=[]}}");
    }

    @Test
    void aPersonIsErasedWithAllIdsOfTheirsAndWhatOthersDidOnTheirDeviceStays() {
        var shop = engine.project();
        update(shop, Map.of("id", "device", "set", Map.of("language", "de")));
        shop.collect(
                Event.of("visit").byVisitor("device").at(NOON),
                visit("ada", 1),
                Event.of("visit").byVisitor("device").by("bob").at(NOON),
                identified("device", "ada").with("plan", "pro"));
        await().untilAsserted(() -> assertThat(people(shop)).isEqualTo(2));

        shop.query("mutation { eraseUser(input: {person: \"device\"}) { userErrors { message } } }");

        await().untilAsserted(() -> assertThat(list(shop.query("{ erasures { events finishedAt } }"), "erasures"))
                .allSatisfy(erasure ->
                        assertThat(erasure).containsEntry("events", 3L).doesNotContainEntry("finishedAt", null)));
        assertThat(shop.query("""
                {
                  ada: customer(id: "ada") { id }
                  device: customer(id: "device") { id }
                  events(collection: "visit") { nodes { user anonymous } }
                }
                """))
                .hasToString("{ada=null, device=null, events={nodes=[{user=bob, anonymous=device}]}}");
    }

    @Test
    void whatIsTakenBackIsAsIfItHadNeverBeenSaid() {
        var shop = engine.project();
        shop.collect(visit("a", 0), visit("b", 1), visit("c", 2));
        update(shop, Map.of("id", "a", "set", Map.of("plan", "pro", "city", "Bern")));
        update(shop, Map.of("id", "b", "set", Map.of("plan", "free", "age", 30)));

        var first = merge(shop, "a", "b");
        var second = merge(shop, "b", "c");
        update(shop, Map.of("id", "a", "set", Map.of("rank", 1), "unset", List.of("city")));
        var together = properties(shop, "a");
        var merged = people(shop);
        unmerge(shop, first);
        var apart = List.of(properties(shop, "a"), properties(shop, "b"), properties(shop, "c"));
        unmerge(shop, second);

        assertThat(shop.query("{ auditLog(first: 4) { nodes { act subject } } }"))
                .hasToString("{auditLog={nodes=["
                        + "{act=unmergeCustomers, subject=fact " + second + "},"
                        + " {act=unmergeCustomers, subject=fact " + first + "},"
                        + " {act=mergeCustomers, subject=fact " + second + "},"
                        + " {act=mergeCustomers, subject=fact " + first + "}]}}");
        assertThat(together).isEqualTo(Map.of("plan", "free", "age", 30L, "rank", 1L));
        assertThat(merged).isEqualTo(1);
        assertThat(apart)
                .containsExactly(
                        Map.of("plan", "pro"),
                        Map.of("plan", "free", "age", 30L, "rank", 1L),
                        Map.of("plan", "free", "age", 30L, "rank", 1L));
        assertThat(List.of(properties(shop, "b"), properties(shop, "c")))
                .containsExactly(Map.of("plan", "free", "age", 30L), Map.of("rank", 1L));
        assertThat(people(shop)).isEqualTo(3);
        assertThat(shop.query(UNMERGE, Map.of("fact", first)).toString()).contains("NOT_FOUND", "path=[fact]");
        shop.collect(Event.of("alias").by("b").with("previousId", "a"));
        await().untilAsserted(() -> assertThat(people(shop)).isEqualTo(2));
        merge(shop, "a", "b");
        assertThat(people(shop)).isEqualTo(2);
    }

    /** The oracle knows of edges of a graph, and not in which order they came. */
    @Test
    void peopleAreTheConnectedPartsOfWhatHolds() {
        var shop = engine.project();
        var random = new Random(7);
        var ids = IntStream.range(0, 8).mapToObj(i -> "p" + i).toList();
        ids.forEach(id -> {
            shop.collect(visit(id, 0));
            update(shop, Map.of("id", id, "set", Map.of(id, 1)));
        });
        var holding = new LinkedHashMap<String, List<String>>();

        for (int step = 0; step < 40; step++) {
            if (holding.size() > 5 || (!holding.isEmpty() && random.nextInt(3) == 0)) {
                var fact = List.copyOf(holding.keySet()).get(random.nextInt(holding.size()));
                unmerge(shop, fact);
                holding.remove(fact);
            } else {
                var from = ids.get(random.nextInt(ids.size()));
                var into = ids.get(random.nextInt(ids.size()));
                if (!from.equals(into)) {
                    holding.put(merge(shop, from, into), List.of(from, into));
                }
            }

            var parts = parts(ids, holding.values());
            assertThat(people(shop)).isEqualTo(parts.size());
            assertThat(list(object(shop.query("{ customers { nodes { properties } } }"), "customers"), "nodes"))
                    .extracting(Shops::labels)
                    .containsExactlyInAnyOrderElementsOf(parts);
        }
    }

    @Test
    void whoMergesAndWhoWritesAtTheSameTimeLoseNothing() throws Exception {
        var shop = engine.project();
        var tasks = IntStream.range(0, 80)
                .<Callable<Boolean>>mapToObj(i -> () -> {
                    update(shop, Map.of("id", "m" + i % 5, "set", Map.of("q" + i, i)));
                    if (i % 4 == 0) {
                        var fact = merge(shop, "m" + i % 5, "m" + (i + 1) % 5);
                        if (i % 8 == 0) {
                            shop.query(UNMERGE, Map.of("fact", fact));
                        }
                    }
                    return true;
                })
                .toList();

        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
        }

        var labels = list(object(shop.query("{ customers { nodes { properties } } }"), "customers"), "nodes").stream()
                .flatMap(customer -> labels(customer).stream())
                .distinct();
        assertThat(labels).hasSize(80);
    }

    private static List<Set<String>> parts(List<String> ids, Collection<List<String>> edges) {
        var parts = new LinkedHashMap<String, Set<String>>();
        ids.forEach(id -> parts.put(id, new HashSet<>(Set.of(id))));
        edges.forEach(edge -> {
            var whole = Objects.requireNonNull(parts.get(edge.getFirst()));
            whole.addAll(Objects.requireNonNull(parts.get(edge.getLast())));
            whole.forEach(id -> parts.put(id, whole));
        });
        return List.copyOf(new HashSet<>(parts.values()));
    }
}

package dev.tidemark.customers;

import static dev.tidemark.customers.Shops.merge;
import static dev.tidemark.customers.Shops.properties;
import static dev.tidemark.customers.Shops.unmerge;
import static dev.tidemark.customers.Shops.update;
import static dev.tidemark.customers.Shops.visit;
import static dev.tidemark.testkit.Json.list;
import static dev.tidemark.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who people were, while merges are decided, taken back and decided again. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryTest {

    private static final List<String> IDS =
            IntStream.range(0, 6).mapToObj(i -> "p" + i).toList();
    private static final int STEPS = 40;

    private final Random random = new Random(5);

    @AutoClose
    private TestEngine engine;

    @BeforeAll
    void start(PostgresAddress address) {
        engine = TestEngine.start(address);
    }

    /** The oracle keeps no history: it notes after each step who is who. */
    @Test
    void whoPeopleWereIsWhoTheyWereFoundToBeThen() {
        var shop = engine.project();
        IDS.forEach(id -> shop.collect(visit(id, 0)));
        var holding = new LinkedHashMap<String, List<String>>();
        var history = new LinkedHashMap<Instant, Map<String, List<String>>>();

        for (int step = 0; step < STEPS; step++) {
            change(shop, holding);
            var persons = persons(holding);
            IDS.forEach(id -> assertThat(ids(shop, id, null)).as(id).isEqualTo(persons.get(id)));
            history.put(Instant.now(), persons);
        }

        history.forEach((moment, persons) -> IDS.forEach(
                id -> assertThat(ids(shop, id, moment)).as(id + " at " + moment).isEqualTo(persons.get(id))));
    }

    private void change(TestProject shop, Map<String, List<String>> holding) {
        if (holding.size() > 3 || (!holding.isEmpty() && random.nextInt(3) == 0)) {
            var fact = List.copyOf(holding.keySet()).get(random.nextInt(holding.size()));
            unmerge(shop, fact);
            holding.remove(fact);
        } else {
            int from = random.nextInt(IDS.size());
            var pair = List.of(IDS.get(from), IDS.get((from + 1 + random.nextInt(IDS.size() - 1)) % IDS.size()));
            holding.put(merge(shop, pair.getFirst(), pair.getLast()), pair);
        }
    }

    /** All ids of the person whose id each is, that of the person first. */
    private static Map<String, List<String>> persons(Map<String, List<String>> holding) {
        var persons = new HashMap<String, String>();
        IDS.forEach(id -> persons.put(id, id));
        for (var pair : holding.values()) {
            var from = persons.get(pair.getFirst());
            var into = Objects.requireNonNull(persons.get(pair.getLast()));
            persons.replaceAll((id, person) -> person.equals(from) ? into : person);
        }
        var ids = new HashMap<String, List<String>>();
        persons.forEach((id, person) -> {
            var others = new TreeSet<>(persons.keySet());
            others.removeIf(other -> !Objects.equals(persons.get(other), person) || other.equals(person));
            var all = new ArrayList<>(List.of(person));
            all.addAll(others);
            ids.put(id, all);
        });
        return ids;
    }

    private static List<String> ids(TestProject shop, String id, @Nullable Instant asOf) {
        var variables = new HashMap<String, Object>(Map.of("id", id));
        if (asOf != null) {
            variables.put("asOf", asOf.toString());
        }
        var customer = object(
                shop.query(
                        "query ($id: String!, $asOf: DateTime) { customer(id: $id, asOf: $asOf) { id ids } }",
                        variables),
                "customer");
        var ids = new ArrayList<String>();
        ((List<?>) Objects.requireNonNull(customer.get("ids"))).forEach(each -> ids.add(each.toString()));
        assertThat(customer).containsEntry("id", ids.getFirst());
        ids.subList(1, ids.size()).sort(null);
        return ids;
    }

    @Test
    void whoIsMergedAgainHasTheIdAndThePropertiesOfWhomTheyAreMergedInto() {
        var shop = engine.project();
        update(shop, Map.of("id", "a", "set", Map.of("plan", "of a")));
        update(shop, Map.of("id", "b", "set", Map.of("plan", "of b")));
        update(shop, Map.of("id", "c", "set", Map.of("plan", "of c")));
        unmerge(shop, merge(shop, "a", "b"));
        merge(shop, "a", "c");

        merge(shop, "a", "b");

        assertThat(ids(shop, "a", null)).containsExactly("b", "a", "c");
        assertThat(properties(shop, "a")).isEqualTo(Map.of("plan", "of b"));
    }

    @Test
    void factsAreToldAsTheyWereThen() {
        var shop = engine.project();
        IDS.forEach(id -> shop.collect(visit(id, 0)));
        var fact = merge(shop, "p0", "p1");
        var then = Instant.now();
        unmerge(shop, fact);

        var customer = object(
                shop.query(
                        "query ($asOf: DateTime) { customer(id: \"p0\", asOf: $asOf) { ids facts { one takenBackAt isEffective } } }",
                        Map.of("asOf", then.toString())),
                "customer");

        assertThat(customer).containsEntry("ids", List.of("p1", "p0"));
        assertThat(list(customer, "facts")).hasToString("[{one=p0, takenBackAt=null, isEffective=true}]");
    }
}

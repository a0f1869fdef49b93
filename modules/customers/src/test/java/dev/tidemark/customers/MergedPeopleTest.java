package dev.tidemark.customers;

import static dev.tidemark.customers.Shops.NOON;
import static dev.tidemark.customers.Shops.merge;
import static dev.tidemark.customers.Shops.people;
import static dev.tidemark.customers.Shops.unmerge;
import static dev.tidemark.testkit.Json.list;
import static dev.tidemark.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Event;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** After each of random merges and unmerges, what is counted of people is what a recomputation in memory counts. */
@ExtendWith(PostgresExtension.class)
class MergedPeopleTest {

    private static final boolean IS_LONG = Integer.getInteger("tidemark.rounds", 3) > 3;
    private static final int AT_ONCE = 10_000;
    private static final int IDS = 12;
    private static final int EVENTS = IDS * (IS_LONG ? 100_000 : 250);
    private static final int STEPS = 10;
    private static final int SHOWN = 100;

    private final SplittableRandom random = new SplittableRandom(7);
    private final List<Done> events = IntStream.range(0, EVENTS)
            .mapToObj(n -> new Done(n, random.nextInt(IDS), random.nextInt(5) == 0 ? "buy" : "visit"))
            .toList();
    private final Map<String, List<Integer>> facts = new LinkedHashMap<>();

    /** @param n the second in which it happened */
    private record Done(int n, int id, String collection) {
        Event event() {
            return Event.of(collection).by("p" + id).at(NOON.plusSeconds(n)).with("n", (long) n);
        }
    }

    @Test
    void whatIsCountedOfPeopleFollowsWhoIsWho(PostgresAddress database) {
        try (var engine = TestEngine.start(database)) {
            var shop = engine.project();
            for (int from = 0; from < EVENTS; from += AT_ONCE) {
                shop.collect(events.subList(from, Math.min(EVENTS, from + AT_ONCE)).stream()
                        .map(Done::event)
                        .toArray(Event[]::new));
            }

            for (int step = 0; step < STEPS; step++) {
                change(shop);
                var groups = groups();
                assertThat(people(shop)).isEqualTo(having(groups, "visit"));
                assertThat(funnel(shop)).containsExactly(having(groups, "visit"), converted(groups));
                for (var group : groups) {
                    assertThat(timeline(shop, group.iterator().next())).isEqualTo(latest(group));
                }
            }
        }
    }

    private void change(TestProject shop) {
        if (!facts.isEmpty() && random.nextInt(3) == 0) {
            var fact = List.copyOf(facts.keySet()).get(random.nextInt(facts.size()));
            unmerge(shop, fact);
            facts.remove(fact);
        } else {
            int from = random.nextInt(IDS);
            int into = (from + 1 + random.nextInt(IDS - 1)) % IDS;
            facts.put(merge(shop, "p" + from, "p" + into), List.of(from, into));
        }
    }

    /** The ids of each person by the facts that hold. */
    private Collection<Set<Integer>> groups() {
        var groups = IntStream.range(0, IDS)
                .<Set<Integer>>mapToObj(id -> new TreeSet<>(List.of(id)))
                .collect(Collectors.toCollection(ArrayList::new));
        for (var pair : facts.values()) {
            var one = groups.get(pair.getFirst());
            var other = groups.get(pair.getLast());
            one.addAll(other);
            one.forEach(id -> groups.set(id, one));
        }
        return groups.stream().distinct().toList();
    }

    private long having(Collection<Set<Integer>> groups, String collection) {
        return groups.stream()
                .filter(group -> theirs(group).stream()
                        .anyMatch(done -> done.collection().equals(collection)))
                .count();
    }

    /** Who buys at some time after the first visit. */
    private long converted(Collection<Set<Integer>> groups) {
        return groups.stream()
                .filter(group -> theirs(group).stream()
                        .dropWhile(done -> !done.collection().equals("visit"))
                        .anyMatch(done -> done.collection().equals("buy")))
                .count();
    }

    private List<Long> latest(Set<Integer> group) {
        return theirs(group).stream()
                .sorted(Comparator.comparingInt(Done::n).reversed())
                .limit(SHOWN)
                .map(done -> (long) done.n())
                .toList();
    }

    private List<Done> theirs(Set<Integer> group) {
        return events.stream().filter(done -> group.contains(done.id())).toList();
    }

    private static List<Long> funnel(TestProject shop) {
        var rows = list(
                object(
                        shop.query(
                                "{ funnel(input: {steps: [{collection: \"visit\"}, {collection: \"buy\"}]}) { rows { steps { count } } } }"),
                        "funnel"),
                "rows");
        return ((List<?>) rows.getFirst().get("steps"))
                .stream()
                        .map(step -> ((Number) ((Map<?, ?>) step).get("count")).longValue())
                        .toList();
    }

    private static List<Long> timeline(TestProject shop, int id) {
        var answer = shop.query(
                "query ($id: String!, $first: Int!) { customer(id: $id) { timeline(first: $first) { nodes { properties } } } }",
                Map.of("id", "p" + id, "first", SHOWN));
        return list(object(answer, "customer", "timeline"), "nodes").stream()
                .map(node -> ((Number) ((Map<?, ?>) node.get("properties")).get("n")).longValue())
                .toList();
    }
}

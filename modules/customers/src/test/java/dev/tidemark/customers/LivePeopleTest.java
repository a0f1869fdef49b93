package dev.tidemark.customers;

import static dev.tidemark.customers.Shops.merge;
import static dev.tidemark.customers.Shops.unmerge;
import static dev.tidemark.customers.Shops.update;
import static dev.tidemark.customers.Shops.visit;
import static dev.tidemark.testkit.Json.list;
import static dev.tidemark.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.customers.counting.CountedPages;
import dev.tidemark.spi.Feed;
import dev.tidemark.spi.SqlName;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.sql.DriverManager;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is followed of people changes with them, without an event. */
@Timeout(60)
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LivePeopleTest {

    private final CountedPages counted = new CountedPages();

    @AutoClose
    private TestEngine engine;

    @BeforeAll
    void start(PostgresAddress address) {
        engine = TestEngine.start(address, Map.of(), Optional.empty(), counted);
    }

    @Test
    void peopleAreCountedAnewWhenTheyTurnOutToBeOneAndWhenTheyAreTwoAgain() throws InterruptedException {
        var shop = shop();
        try (var live = subscribe(shop, "measures: {measure: DISTINCT, of: \"_person\", as: \"n\"}")) {
            assertThat(list(next(live), "entries")).hasToString("[{value={group={}, measures={n=2}}}]");

            var fact = merge(shop, "ada", "bob");
            assertThat(list(change(live), "upserted")).hasToString("[{value={group={}, measures={n=1}}}]");

            unmerge(shop, fact);
            assertThat(list(change(live), "upserted")).hasToString("[{value={group={}, measures={n=2}}}]");
        }
    }

    @Test
    void whatPeopleAreGroupsAndFiltersTheirEventsAnew() throws InterruptedException {
        var shop = shop();
        update(shop, Map.of("id", "ada", "set", Map.of("plan", "free")));
        try (var groups = subscribe(
                        shop, "groupBy: {property: \"_person.plan\", as: \"plan\"}, measures: {measure: COUNT}");
                var paying = subscribe(
                        shop, "where: {property: {name: \"_person.plan\", eq: \"pro\"}}, measures: {measure: COUNT}")) {
            next(groups);
            assertThat(list(next(paying), "entries")).hasToString("[{value={group={}, measures={count=0}}}]");

            update(shop, Map.of("id", "ada", "set", Map.of("plan", "pro")));

            assertThat(list(change(groups), "upserted"))
                    .hasToString("[{value={group={plan=pro}, measures={count=1}}}]");
            assertThat(list(change(paying), "upserted")).hasToString("[{value={group={}, measures={count=1}}}]");
        }
    }

    @Test
    void aQuestionThatKnowsNobodyIsNotAskedAgain() throws InterruptedException {
        var shop = shop();
        try (var people = subscribe(shop, "measures: {measure: DISTINCT, of: \"_person\", as: \"n\"}");
                var pages = subscribe(shop, "groupBy: {property: \"page\"}, measures: {measure: COUNT}")) {
            next(people);
            next(pages);
            counted.reset();

            merge(shop, "ada", "bob");
            change(people);
            shop.collect(visit("eve", 2));

            assertThat(list(change(pages), "upserted")).hasToString("[{value={group={page=/}, measures={count=3}}}]");
            assertThat(counted.asked()).isEqualTo(1);
        }
    }

    @Test
    void aChangeWaitsForNoOtherThatHasNotCommittedYet(PostgresAddress database) throws Exception {
        var shop = shop();
        update(shop, Map.of("id", "ada", "set", Map.of("plan", "free")));
        try (var other = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = other.createStatement();
                var paying = subscribe(
                        shop, "where: {property: {name: \"_person.plan\", eq: \"pro\"}}, measures: {measure: COUNT}")) {
            next(paying);
            other.setAutoCommit(false);
            statement.execute("update %s._people_change set changes = changes + 1"
                    .formatted(SqlName.quoted(shop.project().slug())));

            update(shop, Map.of("id", "ada", "set", Map.of("plan", "pro")));

            assertThat(list(change(paying), "upserted")).hasToString("[{value={group={}, measures={count=1}}}]");
        }
    }

    private TestProject shop() {
        var shop = engine.project();
        shop.collect(visit("ada", 0), visit("bob", 1));
        return shop;
    }

    private static Feed<Map<String, @Nullable Object>> subscribe(TestProject shop, String arguments) {
        return shop.subscribe("""
                subscription {
                    live {
                        aggregate(collection: "visit", %s) {
                            __typename
                            ... on Snapshot { entries { ...row } }
                            ... on Change { upserted { ...row } }
                        }
                    }
                }
                fragment row on LiveEntry { value { ... on LiveGroup { group measures } } }
                """.formatted(arguments), Map.of());
    }

    private static Map<String, @Nullable Object> change(Feed<Map<String, @Nullable Object>> live)
            throws InterruptedException {
        var told = next(live);
        while (told.containsValue("Progress")) {
            told = next(live);
        }
        return told;
    }

    private static Map<String, @Nullable Object> next(Feed<Map<String, @Nullable Object>> live)
            throws InterruptedException {
        return object(live.next().orElseThrow(), "data", "live", "aggregate");
    }
}

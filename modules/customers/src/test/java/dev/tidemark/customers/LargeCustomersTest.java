package dev.tidemark.customers;

import static dev.tidemark.customers.Shops.answered;
import static dev.tidemark.customers.Shops.identified;
import static dev.tidemark.customers.Shops.properties;
import static dev.tidemark.customers.Shops.update;
import static dev.tidemark.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Event;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Customers of whom much is known. */
@Timeout(180)
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeCustomersTest {

    private static final String LONG = "x".repeat(240_000);

    @AutoClose
    private TestEngine engine;

    @BeforeAll
    void start(PostgresAddress database) {
        engine = TestEngine.start(database);
    }

    @Test
    void aGroupOfAKindThatIsLongerThanANameTellsNothing() {
        var shop = engine.project();
        shop.collect(
                Event.of("group").by("eva").with("groupId", "acme").with("groupType", LONG),
                Event.of("group").by("eva").with("groupId", "acme"),
                Event.of("identify").by("ada").with("plan", "pro"));

        await().untilAsserted(() -> assertThat(properties(shop, "ada")).isEqualTo(Map.of("plan", "pro")));

        assertThat(shop.query("{ customers { nodes { properties } } }"))
                .isEqualTo(Map.of(
                        "customers",
                        Map.of(
                                "nodes",
                                List.of(
                                        Map.of("properties", Map.of("plan", "pro")),
                                        Map.of("properties", Map.of("group", "acme"))))));
    }

    @Test
    void aCustomerWhoWouldBeTooLargeToBeReadIsRefusedAndCanBecomeSmaller() {
        var shop = engine.project();
        for (int i = 0; i < 4; i++) {
            update(shop, Map.of("id", "ada", "append", Map.of("texts", List.of(LONG))));
        }

        var refused = answered(shop, List.of(Map.of("id", "ada", "append", Map.of("texts", List.of(LONG)))));

        assertThat(refused.toString()).contains("updated=0", "BAD_USER_INPUT", "1 MB");
        shop.collect(
                Event.of("identify").by("ada").with("bio", LONG),
                Event.of("identify").by("bob").with("plan", "x"));
        await().untilAsserted(() -> assertThat(properties(shop, "bob")).isEqualTo(Map.of("plan", "x")));
        assertThat(properties(shop, "ada")).containsOnlyKeys("texts");
        update(shop, Map.of("id", "ada", "unset", List.of("texts")));
        update(shop, Map.of("id", "ada", "set", Map.of("bio", LONG)));
    }

    @Test
    void devicesOfWhichTooMuchIsKnownAreNotOnePersonAndHoldUpNobody() {
        var shop = engine.project();
        for (int i = 0; i < 8; i++) {
            update(shop, Map.of("id", "device" + i, "set", Map.of("a", LONG, "b", LONG, "c", LONG)));
        }
        shop.collect(IntStream.range(0, 8)
                .mapToObj(i -> identified("device" + i, "ada"))
                .toArray(Event[]::new));
        shop.collect(identified("phone", "bob"));

        await().untilAsserted(() -> assertThat(ids(shop, "bob")).hasSize(2));

        assertThat(ids(shop, "ada")).hasSizeBetween(2, 7);
        assertThat(properties(shop, "device7")).containsOnlyKeys("a", "b", "c");
    }

    @Test
    void aChainOfIdsThatIsTooLongToBeReadIsCutAndHoldsUpNobody() {
        var shop = engine.project();
        shop.collect(IntStream.range(0, 2_200)
                .mapToObj(i -> Event.of("alias").by(longId(i + 1)).with("previousId", longId(i)))
                .toArray(Event[]::new));
        shop.collect(identified("phone", "bob"));

        await().untilAsserted(() -> assertThat(ids(shop, "bob")).hasSize(2));

        assertThat(ids(shop, longId(0))).hasSizeBetween(100, 2_000);
    }

    private static String longId(int number) {
        return "%s%06d".formatted("中".repeat(490), number);
    }

    private static List<?> ids(TestProject project, String customer) {
        var answer = project.query("query ($id: String!) { customer(id: $id) { ids } }", Map.of("id", customer));
        return (List<?>) Objects.requireNonNull(object(answer, "customer").get("ids"));
    }
}

package dev.tidemark.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.JsonReader.Item;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {

    private final List<Item> items = new ArrayList<>();

    @Test
    void aWrappersItemsAreHandedOnAndItsOtherMembersReturned() {
        var others = read("""
                { "context": {"batch": [1]}, "batch" : [ {"a": 1}, {"a": "]}"} ], "sentAt": "now", "n": 7}
                """);

        assertThat(others)
                .containsExactly(
                        Map.entry("context", Map.of("batch", List.of(1L))),
                        Map.entry("sentAt", "now"),
                        Map.entry("n", 7L));
        assertThat(items).extracting(BatchTest::value).containsExactly(Map.of("a", 1L), Map.of("a", "]}"));
    }

    @Test
    void theTextOfAnItemMayBeKept() {
        read("{\"batch\": [{\"a\": 1}, {\"b\": 2}]}");

        assertThat(items)
                .extracting(item -> ((Item.Read) item).raw().get())
                .containsExactly("{\"a\": 1}", "{\"b\": 2}");
    }

    @Test
    void anObjectWithoutTheArrayIsTheItem() {
        assertThat(read("{\"a\": {\"b\": [1, \"}\"]}, \"batch\": 3}")).isEmpty();
        assertThat(items)
                .extracting(BatchTest::value)
                .containsExactly(Map.of("a", Map.of("b", List.of(1L, "}")), "batch", 3L));
    }

    @Test
    void anArrayNeedsNoWrapper() {
        assertThat(read("[{\"a\": 1}, {\"a\": 2}]")).isEmpty();
        assertThat(items).hasSize(2);
    }

    @Test
    void anEmptyBatchHasNoItems() {
        assertThat(read("{\"batch\": [], \"key\": \"k\"}")).containsExactly(Map.entry("key", "k"));
        assertThat(items).isEmpty();
    }

    @Test
    void whatIsWrongWithOneItemStaysWithIt() {
        read("{\"batch\": [{\"a\": \"\\u0000\"}, {\"a\": 2}, 3], \"key\": \"k\"}");

        assertThat(items.get(0)).isInstanceOf(Item.Spoiled.class);
        assertThat(value(items.get(1))).isEqualTo(Map.of("a", 2L));
        assertThat(items.get(2)).isInstanceOf(Item.Spoiled.class);
    }

    @Test
    void anItemThatIsTooLargeIsRefusedAlone() {
        read("{\"a\": \"" + "x".repeat(JsonLimits.ITEM_BYTES) + "\"}");

        assertThat(items).singleElement().isInstanceOf(Item.Spoiled.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"batch\"",
                "{\"batch\": [",
                "{\"batch\": [{}]",
                "{\"batch\": [{}}",
                "{batch: []}",
                "{\"batch\" [{}]}",
                "{\"a\": }",
                "{\"a\": 1,}",
                "{\"batch\": []} x",
                "{\"batch\": [], \"batch\": []}",
                "{\"batch\": [], \"a\": \"\\u0000\"}",
                "7"
            })
    void whatIsNoBatchIsRefused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(CallerException.class);
    }

    private Map<String, Object> read(String text) {
        return new StrictJsonReader()
                .batch(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "batch", items::add);
    }

    private static Map<String, Object> value(Item item) {
        return ((Item.Read) item).value();
    }
}

package dev.tidemark.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.JsonReader.Item;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonReaderTest {

    private final StrictJsonReader reader = new StrictJsonReader();

    @Test
    void anObjectIsReadInTheSendersOrder() {
        var item = read("""
                {"b": 1, "a": {"x": [true, null, "é\\u00e9\\ud83d\\ude00"]}, "c": -0.5}
                """);

        assertThat(item)
                .containsExactly(
                        Map.entry("b", 1L),
                        Map.entry("a", Map.of("x", Arrays.asList(true, null, "éé😀"))),
                        Map.entry("c", -0.5));
    }

    @Test
    void numbersAreExact() {
        var item = read("""
                {"long": 9223372036854775807, "big": 9223372036854775808, "least": -9223372036854775808,
                 "zero": 0.0, "e": 1e3, "tenth": 0.1, "long decimal": 0.1234567890123456789,
                 "seventeen": 0.30000000000000004, "huge": 1e400, "tiny": 1e-400, "negative": -0}
                """);

        assertThat(item)
                .containsEntry("long", Long.MAX_VALUE)
                .containsEntry("big", BigInteger.TWO.pow(63))
                .containsEntry("least", Long.MIN_VALUE)
                .containsEntry("zero", 0.0)
                .containsEntry("e", 1000.0)
                .containsEntry("tenth", 0.1)
                .containsEntry("long decimal", new BigDecimal("0.1234567890123456789"))
                .containsEntry("seventeen", 0.30000000000000004)
                .containsEntry("huge", new BigDecimal("1e400"))
                .containsEntry("tiny", new BigDecimal("1e-400"))
                .containsEntry("negative", 0L);
    }

    @Test
    void anArrayIsReadItemByItem() {
        assertThat(items(" [ {\"a\":1} ,\n{\"a\":2}, {\"a\": \"]}\\\"\"} ] \n"))
                .extracting(StrictJsonReaderTest::value)
                .containsExactly(Map.of("a", 1L), Map.of("a", 2L), Map.of("a", "]}\""));
        assertThat(items("[]")).isEmpty();
    }

    @Test
    void aByteOrderMarkIsIgnored() {
        assertThat(read("\uFEFF{\"a\":1}")).containsEntry("a", 1L);
    }

    @Test
    void anItemMayBeCutAnywhereByTheNetwork() {
        var text = "[{\"a\": \"" + "é€😀x".repeat(20_000) + "\"}, {\"b\": 2}]";
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var split = new SequenceInputStream(Collections.enumeration(List.<InputStream>of(
                new ByteArrayInputStream(bytes, 0, 9),
                new ByteArrayInputStream(bytes, 9, 70_001),
                new ByteArrayInputStream(bytes, 70_010, bytes.length))));

        List<Item> items = new ArrayList<>();
        reader.items(split, items::add);

        assertThat(items).hasSize(2);
        assertThat((String) value(items.getFirst()).get("a")).hasSize(100_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\" 1}                  | Line 1, column 6",
                "{\"a\": tru}               | Line 1, column 7",
                "[{\"a\": 1}, {\"a\": 01}]  | Line 1, column 19",
                "[{\"a\": 1} {\"a\": 1}]    | Line 1, column 11",
                "[{\"a\": 1},]              | Line 1, column 11",
                "[{\"a\": 1}                | Line 1, column 10",
                "{\"a\": Nan}               | Line 1, column 7",
                "{\"a\": 1,}                | Line 1, column 9",
                "{'a': 1}                   | Line 1, column 2",
                "{\"a\": 1} {\"b\": 1}      | Line 1, column 10",
                "{\"a\": [1}}               | Line 1, column",
                "{\"a\": \"               | Line 1, column",
                "5                          | Line 1, column 1",
                "/* */ {}                   | Line 1, column 1",
            })
    void brokenJsonIsRefusedWithItsPlace(String text, String place) {
        assertThatThrownBy(() -> items(text))
                .isInstanceOfSatisfying(
                        CallerException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_USER_INPUT))
                .hasMessageStartingWith(place);
    }

    @Test
    void thePlaceOfAnErrorCountsLinesOfTheWholeInput() {
        assertThatThrownBy(() -> items("[{\"é\": 1},\n {\"a\":\n  x}]")).hasMessageStartingWith("Line 3, column 3");
        assertThatThrownBy(() -> items("[{\"é\": 1}, {\"a\": x}]")).hasMessageStartingWith("Line 1, column 18");
    }

    @Test
    void emptyInputIsRefused() {
        assertThatThrownBy(() -> items(" \n")).hasMessageContaining("there is no JSON");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": \"x\\u0000y\"}           | not_storable    | /a",
                "{\"a\": [1, \"\\ud800\"]}        | not_storable    | /a/1",
                "{\"a\": \"\\udc00\\ud800\"}      | not_storable    | /a",
                "{\"a\": {\"x\\u0000\": 1}}       | not_storable    | /a/x\\u0000",
                "{\"a\": 1, \"b\": 2, \"a\": 3}   | duplicate_name  | /a",
                "{\"a\": {\"b\": null, \"b\": 1}} | duplicate_name  | /a/b",
                "{\"a\": 1e1000000000}            | number_too_large | /a",
                "{\"a\": 1e99999999999}           | number_too_large | /a",
                "{\"a\": {\"b\": NaN}}           | not_finite      | /a/b",
                "{\"a\": [1, Infinity]}          | not_finite      | /a/1",
                "{\"a\": -Infinity}              | not_finite      | /a",
                "[1]                              | not_an_object   | ",
                "\"text\"                         | not_an_object   | ",
                "null                             | not_an_object   | ",
            })
    void whatCannotBeKeptSpoilsItsOwnItemOnly(String bad, String code, String pointer) {
        var items = items("[{\"n\": 1}, " + bad + ", {\"n\": 2}]");

        assertThat(items).hasSize(3);
        assertThat(value(items.get(0))).containsEntry("n", 1L);
        assertThat(value(items.get(2))).containsEntry("n", 2L);
        var spoiled = ((Item.Spoiled) items.get(1)).unreadable();
        assertThat(spoiled.reason().code()).isEqualTo(code);
        assertThat(spoiled.reason().pointer()).isEqualTo(pointer == null ? "" : pointer);
        assertThat(spoiled.raw()).isEqualTo(bad);
    }

    @Test
    void tenThousandLevelsSpoilTheirItemOnly() {
        var deep = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
        var lists = "{\"a\": " + "[".repeat(1_000_000) + "]".repeat(1_000_000) + "}";

        var items = items("[" + deep + "," + lists + ",{\"n\":1}]");

        assertThat(items).extracting(StrictJsonReaderTest::code).containsExactly("too_deep", "too_deep", "");
    }

    @Test
    void sixtyFourLevelsAreFine() {
        assertThat(items("{\"a\":".repeat(64) + "1" + "}".repeat(64)))
                .extracting(StrictJsonReaderTest::code)
                .containsExactly("");
        assertThat(items("{\"a\":".repeat(65) + "1" + "}".repeat(65)))
                .extracting(StrictJsonReaderTest::code)
                .containsExactly("too_deep");
    }

    @Test
    void whatIsTooLargeSpoilsItsOwnItemOnly() {
        var items = items("["
                + String.join(
                        ",",
                        "{\"a\": \"" + "x".repeat(10_000_000) + "\"}",
                        "{\"a\": \"" + "x".repeat(1_000_001) + "\"}",
                        "{\"a\": " + "9".repeat(401) + "}",
                        "{\"" + "n".repeat(1_001) + "\": 1}",
                        "{\"a\": \"" + "x".repeat(1_000_000) + "\"}",
                        "{\"a\": " + "9".repeat(400) + "}")
                + "]");

        assertThat(items)
                .extracting(StrictJsonReaderTest::code)
                .containsExactly("too_large", "string_too_long", "number_too_long", "name_too_long", "", "");
        assertThat(((Item.Spoiled) items.getFirst()).unreadable().raw()).hasSize(64 * 1024 + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"C0AF", "EDA080", "F8888080", "80", "C3", "F4908080", "E080AF"})
    void whatIsNotUtf8SpoilsItsOwnItemOnly(String hex) {
        var bad = java.util.HexFormat.of().parseHex(hex);
        var bytes = new java.io.ByteArrayOutputStream();
        bytes.writeBytes("[{\"a\": \"".getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(bad);
        bytes.writeBytes("\"}, {\"n\": 1}]".getBytes(StandardCharsets.UTF_8));

        List<Item> items = new ArrayList<>();
        reader.items(new ByteArrayInputStream(bytes.toByteArray()), items::add);

        assertThat(items).extracting(StrictJsonReaderTest::code).containsExactly("bad_encoding", "");
    }

    @Test
    void aBrokenLineSpoilsOnlyItself() {
        List<Item> items = new ArrayList<>();
        reader.lines(
                bytes("{\"n\":1}\r\n\n  {\"n\":2} \n{\"n\":\n{\"n\":3} x\n[1]\n{\"n\":\"\0\"}\n{\"n\":4}"), items::add);

        assertThat(items)
                .extracting(StrictJsonReaderTest::code)
                .containsExactly("", "", "bad_json", "bad_json", "not_an_object", "bad_json", "");
        var broken = ((Item.Spoiled) items.get(2)).unreadable();
        assertThat(broken.reason().message()).startsWith("Line 4, column");
        assertThat(broken.raw()).isEqualTo("{\"n\":");
        assertThat(((Item.Spoiled) items.get(5)).unreadable().raw()).isEqualTo("{\"n\":\"\\u0000\"}");
    }

    @Test
    void aLongLineSpoilsOnlyItself() {
        List<Item> items = new ArrayList<>();
        reader.lines(bytes("{\"n\":\"" + "x".repeat(5_000_000) + "\"}\n{\"n\":4}\n"), items::add);

        assertThat(items).extracting(StrictJsonReaderTest::code).containsExactly("too_large", "");
    }

    @Test
    void collidingNamesTakeNoLongTime() {
        var text = new StringBuilder("{");
        for (int i = 0; i < 1 << 14; i++) {
            var name = new StringBuilder();
            for (int bit = 0; bit < 14; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            text.append(i == 0 ? "" : ",").append('"').append(name).append("\":1");
        }

        org.junit.jupiter.api.Assertions.assertTimeout(Duration.ofSeconds(5), () -> items(text + "}"));
    }

    private Map<String, Object> read(String text) {
        var items = items(text);
        assertThat(items).hasSize(1);
        return value(items.getFirst());
    }

    private List<Item> items(String text) {
        List<Item> items = new ArrayList<>();
        reader.items(bytes(text), items::add);
        return items;
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> value(Item item) {
        assertThat(item).isInstanceOf(Item.Read.class);
        return ((Item.Read) item).value();
    }

    private static String code(Item item) {
        return item instanceof Item.Spoiled spoiled
                ? spoiled.unreadable().reason().code()
                : "";
    }
}

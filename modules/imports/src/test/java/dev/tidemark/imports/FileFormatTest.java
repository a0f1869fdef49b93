package dev.tidemark.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Submission;
import dev.tidemark.spi.Submission.Unreadable;
import io.airlift.compress.v3.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How files are compressed, encoded and written. */
class FileFormatTest {

    private static final String PARAMETERS = "id=test&collection=click";
    private static final String NAME = "Zoë Müller €";

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void aByteOrderMarkTellsTheEncoding(String encoding) {
        var file = ("\uFEFFname;n\n" + NAME + ";1\n").getBytes(Charset.forName(encoding));

        assertThat(properties(read(file, "").getFirst())).containsExactly(Map.entry("name", NAME), Map.entry("n", 1L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sep=;\n", "SEP=;\r\n", "\uFEFF\"sep=;\"\n"})
    void aFirstLineMayNameTheDelimiter(String first) {
        var file = (first + "a,b,c;n\n1,5;2\n").getBytes(UTF_8);

        assertThat(properties(read(file, "").getFirst()))
                .containsExactly(Map.entry("a,b,c", "1,5"), Map.entry("n", 2L));
    }

    @Test
    void theRequestKnowsTheDelimiterBetterThanTheFile() {
        var rows = read("sep=;\na|n\nx;y|2\n".getBytes(UTF_8), "&delimiter=%7C");

        assertThat(properties(rows.getFirst())).containsExactly(Map.entry("a", "x;y"), Map.entry("n", 2L));
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-16LE,Zoë €😀",
        "UTF-16BE,Zoë €",
        "windows-1252,Zoë €",
        "ISO-8859-1,Zoë",
        "ISO-8859-15,Zoë €",
        "Shift_JIS,東京",
        "GB18030,北京😀"
    })
    void otherEncodingsCanBeSaid(String encoding, String name) {
        var csv = ("name,n\n" + name + ",1\n").getBytes(Charset.forName(encoding));
        var ndjson = ("{\"name\":\"" + name + "\",\"n\":1}\n").getBytes(Charset.forName(encoding));

        for (var file : List.of(csv, ndjson)) {
            assertThat(properties(read(file, "&encoding=" + encoding).getFirst()))
                    .containsExactly(Map.entry("name", name), Map.entry("n", 1L));
        }
    }

    @Test
    void whatHasNoMeaningInTheEncodingSpoilsItsOwnRow() {
        var csv = "name\nA\u0081B\nC\n".getBytes(Charset.forName("ISO-8859-1"));
        var ndjson = "{\"a\":\"\u0081\"}\n{\"a\":\"b\"}\n".getBytes(Charset.forName("ISO-8859-1"));

        for (var file : List.of(csv, ndjson)) {
            var rows = read(file, "&encoding=windows-1252");
            assertThat(((Unreadable) rows.get(0)).reason().code()).isEqualTo("bad_encoding");
            assertThat(((Unreadable) rows.get(0)).reason().message()).contains("Line ");
            assertThat(rows.get(1)).isInstanceOf(Event.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void compressedFilesAreInflated(Compression compression) {
        var half = compression.of("name,n\n" + NAME + ",1\n");
        var other = compression.of("Ada,2\n");

        assertThat(read(half, "")).hasSize(1);
        assertThat(read(joined(half, other), ""))
                .as("as split and cat make them")
                .hasSize(2);
    }

    @Test
    void whatPzstdNotesBetweenTheFramesOfZstdIsNoneOfTheRows() {
        var note = HexFormat.of().parseHex("502a4d1804000000" + "28b52ffd");
        var empty = HexFormat.of().parseHex("5f2a4d1800000000");
        var frame = Compression.ZSTD.of(lines(50_000));
        var other = Compression.ZSTD.of("1,b\n");

        assertThat(read(joined(joined(note, frame), joined(empty, joined(note, other))), ""))
                .hasSize(50_001);
        assertThat(read(joined(joined(frame, other), note), "")).hasSize(50_001);
        assertThatExceptionOfType(CallerException.class)
                .isThrownBy(() -> read(joined(frame, Arrays.copyOf(note, 10)), ""))
                .withMessageContaining("its zstd is broken or cut off");
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void aBrokenFileIsToldWithItsLine(Compression compression) {
        var whole = compression.of(lines(50_000));
        var cut = Arrays.copyOf(whole, whole.length / 2);
        var flipped = whole.clone();
        flipped[whole.length / 2] ^= 0x55;
        var garbage = joined(whole, "garbage".getBytes(UTF_8));

        for (var file : List.of(cut, garbage, flipped)) {
            assertThatExceptionOfType(CallerException.class)
                    .isThrownBy(() -> read(file, ""))
                    .withMessageMatching("The file is broken behind line " + compression.line + ": its " + compression
                            + " is broken or cut off.*");
        }
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void aSmallBrokenFileKeepsItsLineToo(Compression compression) {
        var whole = compression.of("n\n1\n2\n" + "3".repeat(1_000));

        assertThatExceptionOfType(CallerException.class)
                .isThrownBy(() -> read(Arrays.copyOf(whole, whole.length - 4), ""))
                .withMessageContainingAll("behind line", "its " + compression + " is broken or cut off");
    }

    @Test
    void archivesAreRefusedByWhatTheyAre() {
        assertThatExceptionOfType(CallerException.class)
                .isThrownBy(() -> read(new byte[] {'P', 'K', 3, 4, 0}, ""))
                .withMessage("The file is a zip archive or a workbook: unpack it, or save it as CSV.");
        assertThatExceptionOfType(CallerException.class)
                .isThrownBy(() -> read("BZh91AY".getBytes(UTF_8), ""))
                .withMessageContaining("bzip2");
    }

    @Test
    void aLineOfJsonIsAnEvent() {
        var event = (Event) read("""
                {"time":"2026-01-31T12:00:00Z","user":7,"amount":1.5,"tags":["a"],"place":{"city":"Bonn"}}
                """.getBytes(UTF_8), "").getFirst();

        assertThat(event.time()).contains(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(event.user()).contains("7");
        assertThat(event.properties())
                .containsExactly(
                        Map.entry("amount", 1.5),
                        Map.entry("tags", List.of("a")),
                        Map.entry("place", Map.of("city", "Bonn")));
    }

    @Test
    void anObjectAsCollectTakesItIsTheSameEvent() {
        var event = (Event) read("""
                {"collection":"other","time":"2026-01-31T12:00:00Z","user":"ada","anonymous":"v","messageId":"m",\
                "properties":{"time":"noon","user":"x"}}
                """.getBytes(UTF_8), "").getFirst();

        assertThat(event.collection()).isEqualTo("click");
        assertThat(event.anonymous()).contains("v");
        assertThat(event.messageId()).contains("m");
        assertThat(event.properties()).containsExactly(Map.entry("time", "noon"), Map.entry("user", "x"));
    }

    @Test
    void membersCanBeRenamedAndGivenTypes() {
        var event = (Event) read(
                        "{\"ts\":\"2026-01-31 12:00\",\"zip\":10115,\"amount\":\"1.10\"}\n".getBytes(UTF_8),
                        "&time=ts&zone=Europe/Berlin&rename=zip=plz&type=zip=text&type=amount=numeric")
                .getFirst();

        assertThat(event.time()).contains(Instant.parse("2026-01-31T11:00:00Z"));
        assertThat(event.properties())
                .containsExactly(Map.entry("plz", "10115"), Map.entry("amount", new BigDecimal("1.10")));
    }

    @Test
    void membersAreNamedInUpperOrLowerCase() {
        var event = (Event) read("{\"zip\":10115}\n".getBytes(UTF_8), "&rename=ZIP=plz&type=Zip=text")
                .getFirst();

        assertThat(event.properties()).containsExactly(Map.entry("plz", "10115"));
    }

    @Test
    void anObjectOfWhichTwoMembersWouldBeOnePropertyIsRefusedAsItIs() {
        var rows = read("""
                {"a":1,"b":2,"user":"ada"}
                {"a":3}
                """.getBytes(UTF_8), "&rename=a=b");

        assertThat(reasons(rows)).singleElement(STRING).startsWith("same_property/properties/b Line 1: ");
        assertThat(((Unreadable) rows.getFirst()).around())
                .isEqualTo(Map.of("collection", "click", "user", "ada", "properties", Map.of("a", 1L, "b", 2L)));
        assertThat(properties(rows.getLast())).containsExactly(Map.entry("b", 3L));
    }

    @Test
    void anObjectWithoutTheTimeThatIsAskedForIsNotDatedNow() {
        var rows = read("""
                {"ts":"2026-01-31T00:00:00Z","n":1}
                {"Ts":"2026-01-31T00:00:00Z","n":2}
                {"time":"2026-01-31T00:00:00Z","properties":{"n":3}}
                """.getBytes(UTF_8), "&time=ts");

        assertThat(reasons(rows)).singleElement(STRING).startsWith("bad_time/time Line 2: There is no \"ts\"");
        assertThat(((Event) rows.getLast()).time()).contains(Instant.parse("2026-01-31T00:00:00Z"));
    }

    @Test
    void aLineThatIsNoEventIsRefusedAloneWithItsPlace() {
        var rows = read("""
                {"a":1}
                {"a":}
                {"time":"soon","a":3}
                [4]

                {"user":true,"a":5}
                {"a":6}
                """.getBytes(UTF_8), "");

        assertThat(rows).hasSize(6);
        assertThat(reasons(rows))
                .satisfiesExactly(
                        bad -> assertThat(bad).startsWith("bad_json Line 2, column 6: "),
                        bad -> assertThat(bad).startsWith("bad_time/time Line 3: "),
                        bad -> assertThat(bad).startsWith("not_an_object Line 4: "),
                        bad -> assertThat(bad).startsWith("bad_field/user Line 6: "));
    }

    private static List<String> reasons(List<Submission> rows) {
        return rows.stream()
                .filter(Unreadable.class::isInstance)
                .map(row -> ((Unreadable) row).reason())
                .map(reason -> reason.code() + reason.pointer() + " " + reason.message())
                .toList();
    }

    private static Map<String, Object> properties(Submission row) {
        return ((Event) row).properties();
    }

    private static List<Submission> read(byte[] file, String parameters) {
        return Submissions.read(file, PARAMETERS + parameters, Optional.empty());
    }

    private static String lines(int count) {
        var random = new Random(1);
        var lines = new StringBuilder("n,text\n");
        for (int i = 0; i < count; i++) {
            lines.append(i)
                    .append(',')
                    .append(Long.toHexString(random.nextLong()))
                    .append('\n');
        }
        return lines.toString();
    }

    private static byte[] joined(byte[] one, byte[] other) {
        var both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    enum Compression {
        GZIP("\\d{3,}") {
            @Override
            OutputStream on(OutputStream out) throws IOException {
                return new GZIPOutputStream(out);
            }
        },
        /** What is within its window comes out late. */
        ZSTD("\\d+") {
            @Override
            OutputStream on(OutputStream out) throws IOException {
                return new ZstdOutputStream(out);
            }
        };

        private final String line;

        Compression(String line) {
            this.line = line;
        }

        abstract OutputStream on(OutputStream out) throws IOException;

        byte[] of(String text) {
            var bytes = new ByteArrayOutputStream();
            try (var compressed = on(bytes)) {
                compressed.write(text.getBytes(UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

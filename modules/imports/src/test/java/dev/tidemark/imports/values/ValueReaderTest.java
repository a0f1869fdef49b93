package dev.tidemark.imports.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.json.StrictJsonReader;
import dev.tidemark.spi.ColumnType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueReaderTest {

    private static final ValueReader WITH_COMMA =
            new ValueReader(ZoneOffset.UTC, TimeFormat.ISO, NumberForm.COMMA, new StrictJsonReader());

    private final ValueReader values =
            new ValueReader(ZoneOffset.UTC, TimeFormat.ISO, NumberForm.POINT, new StrictJsonReader());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,5 | 1.5",
                "-1.234.567,25 | -1234567.25",
                "1234567,25 | 1234567.25",
                "1.234 | 1234",
                "7 | 7",
                "1,5e3 | 1500.0"
            })
    void numbersMayBeWrittenWithAComma(String text, String number) {
        assertThat(WITH_COMMA.read(text, Optional.empty())).hasToString(number);
        assertThat(WITH_COMMA.read(text, Optional.of(ColumnType.NUMERIC)))
                .isEqualTo(new BigDecimal(text.replace(".", "").replace(',', '.')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.5", "1.2345", "1234.567,5", "1,234.5", ",5", "1,", "1,5,5", "007,5", ".123", "1..234", "-,5"})
    void whatIsNoNumberWithACommaStaysText(String text) {
        assertThat(WITH_COMMA.read(text, Optional.empty())).isEqualTo(text);
        assertThat(WITH_COMMA.read(text, Optional.of(ColumnType.DOUBLE))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 7, -7, 1_000, 999_999_999_999_999_999L, Long.MAX_VALUE, Long.MIN_VALUE})
    void integersOf64BitsAreLongs(long number) {
        assertThat(natural(Long.toString(number))).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "007",
                "+7",
                "-0",
                "1_000",
                "1,5",
                "0x1F",
                "9223372036854775808",
                "-9223372036854775809",
                "-",
                "1.",
                ".5",
                "1.5.2",
                "1e",
                "1e+",
                "12:30",
                "1e400",
                "NaN",
                "Infinity",
                " 1",
                "1 ",
                "01.5",
                "١٢",
                "t",
                "yes",
                "TRUE!",
                "2026-02-30",
                "2026-13-01",
                "0000-01-01",
                "2026-1-01",
                "2026-01-31T24:00:00Z",
                "2026-01-31T12:60:00Z",
                "2026-01-31T12:34:60Z",
                "2026-01-31T12:34:56+19:00",
                "2026-01-31T12:34:56.Z",
                "2026-01-31T12:34:56.1234567890Z",
                "2026-01-31T12:34:56 UTC",
                "2026-01-31T12:34:5",
                "2026-01-31T1234:56Z"
            })
    void whatIsNothingElseIsText(String text) {
        assertThat(natural(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.0, 0.0", "1.50, 1.5", "-2.25, -2.25", "1e3, 1000", "2.5E-3, 0.0025", "0.10000000000000001, 0.1"})
    void fractionsAreDoubles(String text, double number) {
        assertThat(natural(text)).isEqualTo(number);
    }

    @Test
    void aFractionThatADoubleWouldRoundStaysExact() {
        assertThat(natural("0.1234567890123456789")).isEqualTo(new BigDecimal("0.1234567890123456789"));
    }

    @Test
    void aColumnOfExactNumbersTakesAsManyDigitsAsAnEventDoes() {
        var small = "-0." + "0".repeat(299) + "1";
        var huge = "1".repeat(1_001);

        assertThat(values.read(small, Optional.of(ColumnType.NUMERIC))).isEqualTo(new BigDecimal(small));
        assertThat(values.read(huge, Optional.of(ColumnType.NUMERIC))).isEqualTo(huge);
        assertThat(natural(small)).isEqualTo(small);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "TRUE, true", "False, false"})
    void truthIsSpelledInAnyCase(String text, boolean truth) {
        assertThat(natural(text)).isEqualTo(truth);
    }

    @Test
    void aDateIsADate() {
        assertThat(natural("2024-02-29")).isEqualTo(LocalDate.of(2024, 2, 29));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:34:56Z,           2026-01-31T12:34:56Z",
        "2026-01-31 12:34:56.5,          2026-01-31T12:34:56.5Z",
        "2026-01-31T12:34,               2026-01-31T12:34:00Z",
        "2026-01-31t12:34z,              2026-01-31T12:34:00Z",
        "2026-01-31 12:34:56.789012+00,  2026-01-31T12:34:56.789012Z",
        "2026-01-31T12:34:56+01:30,      2026-01-31T11:04:56Z",
        "2026-01-31T12:34:56-0800,       2026-01-31T20:34:56Z",
        "2026-01-31T12:34:56.123456789Z, 2026-01-31T12:34:56.123456789Z",
    })
    void instantsAreReadAsIsoAndDatabasesWriteThem(String text, Instant instant) {
        assertThat(natural(text)).isEqualTo(instant);
    }

    @Test
    void aTimeWithoutZoneIsReadOnTheGivenClock() {
        var berlin =
                new ValueReader(ZoneId.of("Europe/Berlin"), TimeFormat.ISO, NumberForm.POINT, new StrictJsonReader());

        assertThat(berlin.instant("2026-07-01 12:00:00")).isEqualTo(Instant.parse("2026-07-01T10:00:00Z"));
        assertThat(berlin.instant("2026-01-01")).isEqualTo(Instant.parse("2025-12-31T23:00:00Z"));
        assertThat(berlin.instant("2026-01-01T00:00:00Z")).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(berlin.instant("yesterday")).isNull();
        assertThat(berlin.instant("")).isNull();
    }

    @Test
    void aColumnGivesItsTypeToTheValuesThatFitIt() {
        assertThat(values.read("12345", Optional.of(ColumnType.TEXT))).isEqualTo("12345");
        assertThat(values.read("3", Optional.of(ColumnType.DOUBLE))).isEqualTo(3.0);
        assertThat(values.read("0.1234567890123456789", Optional.of(ColumnType.NUMERIC)))
                .isEqualTo(new BigDecimal("0.1234567890123456789"));
    }

    @Test
    void aValueThatDoesNotFitItsColumnStaysWhatItIs() {
        assertThat(values.read("n/a", Optional.of(ColumnType.LONG))).isEqualTo("n/a");
        assertThat(values.read("2.5", Optional.of(ColumnType.LONG))).isEqualTo(2.5);
        assertThat(values.read("9007199254740993", Optional.of(ColumnType.DOUBLE)))
                .isEqualTo(9007199254740993L);
    }

    private Object natural(String text) {
        return values.read(text, Optional.empty());
    }
}

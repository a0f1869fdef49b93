package dev.tidemark.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.catalog.types.Fit.Fits;
import dev.tidemark.core.catalog.types.Fit.Misfit;
import dev.tidemark.core.catalog.types.Fit.Widens;
import dev.tidemark.core.catalog.types.IsoText;
import dev.tidemark.core.catalog.types.Types;
import dev.tidemark.spi.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypesTest {

    private static final BigInteger TWO_TO_63 = BigInteger.ONE.shiftLeft(63);

    @Test
    void aNewColumnHasTheTypeOfItsFirstValue() {
        assertThat(Types.infer(1L)).contains(ColumnType.LONG);
        assertThat(Types.infer(0.0)).contains(ColumnType.DOUBLE);
        assertThat(Types.infer(1.5)).contains(ColumnType.DOUBLE);
        assertThat(Types.infer(false)).contains(ColumnType.BOOLEAN);
        assertThat(Types.infer("2020-01-02T03:04:05Z")).contains(ColumnType.TIMESTAMP);
        assertThat(Types.infer("2020-01-02")).contains(ColumnType.DATE);
        assertThat(Types.infer("test")).contains(ColumnType.TEXT);
        assertThat(Types.infer("")).contains(ColumnType.TEXT);
        assertThat(Types.infer("123")).contains(ColumnType.TEXT);
        assertThat(Types.infer(Instant.EPOCH)).contains(ColumnType.TIMESTAMP);
        assertThat(Types.infer(LocalDate.EPOCH)).contains(ColumnType.DATE);
        assertThat(Types.infer(Map.of("b", 1L))).contains(ColumnType.JSON);
    }

    @Test
    void aListOfOneTypeIsAnArrayAndAnyOtherIsJson() {
        assertThat(Types.infer(List.of(1L, 2L))).contains(ColumnType.LONG_LIST);
        assertThat(Types.infer(Arrays.asList(null, 1L))).contains(ColumnType.LONG_LIST);
        assertThat(Types.infer(List.of(1L, 2.5))).contains(ColumnType.DOUBLE_LIST);
        assertThat(Types.infer(List.of("a", "2020-01-02"))).contains(ColumnType.TEXT_LIST);
        assertThat(Types.infer(List.of("2020-01-02"))).contains(ColumnType.DATE_LIST);
        assertThat(Types.infer(List.of("2020-01-02", "2020-01-02T00:00:00Z"))).contains(ColumnType.TEXT_LIST);
        assertThat(Types.infer(List.of(true))).contains(ColumnType.BOOLEAN_LIST);
        assertThat(Types.infer(List.of("a", Map.of("b", 1L)))).contains(ColumnType.JSON);
        assertThat(Types.infer(List.of(List.of(1L)))).contains(ColumnType.JSON);
        assertThat(Types.infer(List.of(1L, true))).contains(ColumnType.JSON);
        assertThat(Types.infer(List.of(1L, TWO_TO_63))).contains(ColumnType.JSON);
        assertThat(Types.infer(List.of(Long.MAX_VALUE, 2.5))).contains(ColumnType.JSON);
    }

    @Test
    void whatNoTypeHoldsExactlyMakesNoColumn() {
        assertThat(Types.infer(TWO_TO_63)).isEmpty();
        assertThat(Types.infer(new BigDecimal("0.1234567890123456789"))).isEmpty();
        assertThat(Types.infer(new BigDecimal("1e400"))).isEmpty();
        assertThat(Types.infer(Double.NaN)).isEmpty();
        assertThat(Types.infer(Instant.MAX)).isEmpty();
        assertThat(Types.infer(LocalDate.MAX)).isEmpty();
    }

    @Test
    void anIntegerColumnHoldsIntegersAndAsksToBeWidenedForAFraction() {
        assertThat(Types.fit(ColumnType.LONG, 5L)).isEqualTo(new Fits(5L));
        assertThat(Types.fit(ColumnType.LONG, 5.0)).isEqualTo(new Fits(5L));
        assertThat(Types.fit(ColumnType.LONG, 2.5)).isEqualTo(new Widens(ColumnType.DOUBLE));
        assertThat(Types.fit(ColumnType.LONG, TWO_TO_63)).isInstanceOf(Misfit.class);
        assertThat(Types.fit(ColumnType.LONG, 0x1p63)).isInstanceOf(Misfit.class);
        assertThat(Types.fit(ColumnType.LONG, -0x1p63)).isInstanceOf(Misfit.class);
        assertThat(Types.fit(ColumnType.LONG, Double.NaN)).isInstanceOf(Misfit.class);
        assertThat(Types.fit(ColumnType.LONG, "abc")).isInstanceOf(Misfit.class);
        assertThat(Types.fit(ColumnType.LONG, "5")).isInstanceOf(Misfit.class);
        assertThat(Types.fit(ColumnType.LONG, true)).isInstanceOf(Misfit.class);
    }

    @Test
    void aDoubleColumnRoundsNothing() {
        assertThat(Types.fit(ColumnType.DOUBLE, 2.5)).isEqualTo(new Fits(2.5));
        assertThat(Types.fit(ColumnType.DOUBLE, 1L << 53)).isEqualTo(new Fits(0x1p53));
        assertThat(Types.fit(ColumnType.DOUBLE, (1L << 53) + 1)).isInstanceOf(Misfit.class);
        assertThat(Types.fit(ColumnType.DOUBLE, Long.MIN_VALUE)).isEqualTo(new Fits(-0x1p63));
        assertThat(Types.fit(ColumnType.DOUBLE, Long.MAX_VALUE)).isInstanceOf(Misfit.class);
        assertThat(Types.fit(ColumnType.DOUBLE, TWO_TO_63)).isEqualTo(new Fits(0x1p63));
        assertThat(Types.fit(ColumnType.DOUBLE, TWO_TO_63.add(BigInteger.ONE))).isInstanceOf(Misfit.class);
        assertThat(Types.fit(ColumnType.DOUBLE, BigInteger.TEN.pow(400))).isInstanceOf(Misfit.class);
        assertThat(Types.fit(ColumnType.DOUBLE, new BigDecimal("0.1234567890123456789")))
                .isInstanceOf(Misfit.class);
        assertThat(Types.fit(ColumnType.DOUBLE, Double.POSITIVE_INFINITY)).isInstanceOf(Misfit.class);
    }

    @Test
    void aNumericColumnHoldsEveryNumber() {
        assertThat(Types.fit(ColumnType.NUMERIC, TWO_TO_63)).isEqualTo(new Fits(new BigDecimal(TWO_TO_63)));
        assertThat(Types.fit(ColumnType.NUMERIC, 0.1)).isEqualTo(new Fits(new BigDecimal("0.1")));
        assertThat(Types.fit(ColumnType.NUMERIC, 7L)).isEqualTo(new Fits(new BigDecimal("7")));
        assertThat(Types.fit(ColumnType.NUMERIC, "7")).isInstanceOf(Misfit.class);
    }

    @Test
    void nothingButTextIsText() {
        assertThat(Types.fit(ColumnType.TEXT, "2020-01-02")).isEqualTo(new Fits("2020-01-02"));
        assertThat(Types.fit(ColumnType.TEXT, Instant.EPOCH)).isEqualTo(new Fits("1970-01-01T00:00:00Z"));
        assertThat(Types.fit(ColumnType.TEXT, List.of("test"))).isInstanceOf(Misfit.class);
        assertThat(Types.fit(ColumnType.TEXT, 5L)).isInstanceOf(Misfit.class);
        assertThat(Types.fit(ColumnType.BOOLEAN, 5L)).isInstanceOf(Misfit.class);
        assertThat(Types.fit(ColumnType.BOOLEAN, "true")).isInstanceOf(Misfit.class);
    }

    @Test
    void timesAreReadFromText() {
        assertThat(Types.fit(ColumnType.TIMESTAMP, "2020-01-02T03:04:05+01:00"))
                .isEqualTo(new Fits(Instant.parse("2020-01-02T02:04:05Z")));
        assertThat(Types.fit(ColumnType.TIMESTAMP, Instant.parse("2020-01-02T02:04:05.123456789Z")))
                .isEqualTo(new Fits(Instant.parse("2020-01-02T02:04:05.123456Z")));
        assertThat(Types.fit(ColumnType.DATE, "2020-01-02")).isEqualTo(new Fits(LocalDate.of(2020, 1, 2)));
        assertThat(Types.fit(ColumnType.TIMESTAMP, "2020-01-02")).isInstanceOf(Misfit.class);
        assertThat(Types.fit(ColumnType.DATE, "2020-01-02T03:04:05Z")).isInstanceOf(Misfit.class);
        assertThat(Types.fit(ColumnType.TIMESTAMP, 1_577_934_245L)).isInstanceOf(Misfit.class);
    }

    @Test
    void aListFitsAnArrayWhenEachElementDoes() {
        assertThat(Types.fit(ColumnType.LONG_LIST, Arrays.asList(1L, null, 3.0)))
                .isEqualTo(new Fits(Arrays.asList(1L, null, 3L)));
        assertThat(Types.fit(ColumnType.LONG_LIST, List.of(1L, 2.5))).isInstanceOf(Misfit.class);
        assertThat(Types.fit(ColumnType.LONG_LIST, 1L)).isInstanceOf(Misfit.class);
        assertThat(Types.fit(ColumnType.TEXT_LIST, List.of("a", "b"))).isEqualTo(new Fits(List.of("a", "b")));
        assertThat(Types.fit(ColumnType.DATE_LIST, List.of("2020-01-02")))
                .isEqualTo(new Fits(List.of(LocalDate.of(2020, 1, 2))));
    }

    @ParameterizedTest
    @EnumSource(ColumnType.class)
    void whatIsInferredFits(ColumnType type) {
        var samples = List.<Object>of(
                1L, 1.5, true, "a", "2020-01-02", "2020-01-02T03:04:05Z", List.of(1L), List.of("a"), Map.of("a", 1L));

        samples.stream()
                .filter(sample -> Types.infer(sample).orElseThrow() == type)
                .forEach(sample -> assertThat(Types.fit(type, sample)).isInstanceOf(Fits.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2020-01-02T03:04:05",
                "2020-01-02 03:04:05Z",
                "2020-01-02T03:04Z",
                "2020-01-02T24:00:00Z",
                "2020-01-02T23:59:60Z",
                "2020-01-02T23:60:00Z",
                "2020-02-30T00:00:00Z",
                "2020-13-01T00:00:00Z",
                "0000-01-01T00:00:00Z",
                "0001-01-01T00:00:00+01:00",
                "9999-12-31T23:59:59-01:00",
                "10000-01-01T00:00:00Z",
                "+2020-01-02T03:04:05Z",
                "2020-01-02T03:04:05.1234567Z",
                "2020-01-02T03:04:05.Z",
                "2020-01-02T03:04:05,5Z",
                "2020-01-02T03:04:05+0100",
                "2020-01-02T03:04:05+01",
                "2020-01-02T03:04:05+19:00",
                "2020-01-02T03:04:05+01:60",
                "2020-01-02T03:04:05z",
                "2020-01-02T03:04:05Zx",
                "2020-01-02T03:04:05Z[UTC]",
                "２020-01-02T03:04:05Z",
                "2020-02-30",
                "2019-02-29",
                "2020-1-2",
                "0000-01-01",
                "2020-01-02 ",
                "20200102",
                "2020-W01-1"
            })
    void whatIsAlmostATimeIsText(String text) {
        assertThat(Types.infer(text)).contains(ColumnType.TEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2020-01-02T03:04:05Z",
                "2020-02-29T03:04:05.1Z",
                "2020-01-02T03:04:05.123456Z",
                "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999Z",
                "1969-12-31T23:59:59.5+05:30",
                "2020-01-02T03:04:05-11:00",
                "2020-01-02T03:04:05+18:00"
            })
    void anInstantIsReadAsJavaReadsIt(String text) {
        assertThat(IsoText.instant(text))
                .isEqualTo(java.time.OffsetDateTime.parse(text).toInstant());
    }
}

package dev.tidemark.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.catalog.types.Conversion;
import dev.tidemark.spi.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConversionTest {

    private static final Instant MIDNIGHT = Instant.parse("2026-01-02T00:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2026, 1, 2);

    record Case(Object value, ColumnType to, @Nullable Object expected) {}

    static Stream<Case> cases() {
        return Stream.of(
                new Case(5L, ColumnType.TEXT, "5"),
                new Case(0.5, ColumnType.TEXT, "0.5"),
                new Case(new BigDecimal("1E+3"), ColumnType.TEXT, "1000"),
                new Case(true, ColumnType.TEXT, "true"),
                new Case(MIDNIGHT, ColumnType.TEXT, "2026-01-02T00:00:00Z"),
                new Case(List.of(1L), ColumnType.TEXT, null),
                new Case("12", ColumnType.LONG, 12L),
                new Case("1e2", ColumnType.LONG, 100L),
                new Case("012", ColumnType.LONG, null),
                new Case(" 12", ColumnType.LONG, null),
                new Case("1.5", ColumnType.LONG, null),
                new Case("9223372036854775808", ColumnType.LONG, null),
                new Case("9223372036854775808", ColumnType.NUMERIC, new BigDecimal("9223372036854775808")),
                new Case(BigInteger.TWO.pow(63), ColumnType.NUMERIC, new BigDecimal("9223372036854775808")),
                new Case((1L << 53) + 1, ColumnType.DOUBLE, null),
                new Case("true", ColumnType.BOOLEAN, true),
                new Case("True", ColumnType.BOOLEAN, null),
                new Case(1L, ColumnType.BOOLEAN, null),
                new Case(2.0, ColumnType.LONG, 2L),
                new Case(2.5, ColumnType.LONG, null),
                new Case(DAY, ColumnType.TIMESTAMP, MIDNIGHT),
                new Case("2026-01-02", ColumnType.TIMESTAMP, MIDNIGHT),
                new Case(MIDNIGHT, ColumnType.DATE, DAY),
                new Case(MIDNIGHT.plusNanos(1_000), ColumnType.DATE, null),
                new Case("a", ColumnType.TEXT_LIST, List.of("a")),
                new Case("a", ColumnType.LONG_LIST, null),
                new Case(List.of("a"), ColumnType.TEXT_LIST, List.of("a")),
                new Case("a", ColumnType.JSON, "a"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aValueIsConvertedWithoutLossOrNotAtAll(Case one) {
        assertThat(Conversion.convert(one.value(), one.to())).isEqualTo(Optional.ofNullable(one.expected()));
    }
}

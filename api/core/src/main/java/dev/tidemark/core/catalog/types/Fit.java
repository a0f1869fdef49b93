package dev.tidemark.core.catalog.types;

import dev.tidemark.spi.ColumnType;

/** How a value meets the column that it is for. */
public sealed interface Fit {

    /**
     * It can be stored without loss.
     *
     * @param value as the column's type has it: Boolean, Long, Double, BigDecimal, String, Instant, LocalDate, a List of
     *     these, and for jsonb whatever JSON can say
     */
    record Fits(Object value) implements Fit {}

    /** It would fit if the column were widened: ask {@code Catalogs.evolve} for that type; if refused, a misfit. */
    record Widens(ColumnType to) implements Fit {}

    /** @param reason a sentence for whoever sent it */
    record Misfit(String reason) implements Fit {}
}

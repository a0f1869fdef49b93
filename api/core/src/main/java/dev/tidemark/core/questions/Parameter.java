package dev.tidemark.core.questions;

import dev.tidemark.spi.ColumnType;

/**
 * A value that goes to PostgreSQL beside a statement.
 *
 * @param type its type, or that of its elements
 * @param value a Boolean, Long, Double, BigDecimal, String, Instant or LocalDate, JSON as a String, or a List of one of
 *     these for an array
 */
record Parameter(ColumnType type, Object value) {}

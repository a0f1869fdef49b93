package dev.tidemark.spi;

import java.time.Period;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The earlier time that an {@link Aggregate} is compared with: the time that its filter lets pass, moved back on the clock
 * of a zone, so that days correspond to days when clocks were set in between. Each bucket corresponds to the one that its
 * start, moved back, lies in.
 *
 * @param column the column of time whose bounds are moved; the filter must set both of them
 * @param back how far; empty: by as much as lies between the bounds, so that the earlier time ends where the later begins.
 *     Between beginnings of months that is so many months, else so much time on the clock
 */
public record Earlier(String column, ZoneId zone, Optional<Period> back) {}

package dev.tidemark.core.catalog.partitions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the partitions of one table cover: immutable, without overlaps.
 *
 * <p>A new partition is as wide as the collection wants it where time is near, and covers a year where it is not, so that
 * odd times cannot make endless partitions. Where it would overlap what is there, because widths were other ones before or
 * a year was near once, the next narrower one is made that does not.
 */
public final class Periods {

    public static final Periods NONE = new Periods(List.of());

    private final TreeMap<Instant, Period> byStart = new TreeMap<>();

    public Periods(Collection<Period> periods) {
        periods.forEach(period -> byStart.put(period.start(), period));
    }

    public boolean coverAll(Collection<Instant> times) {
        Optional<Period> last = Optional.empty();
        for (var time : times) {
            if (last.isEmpty() || !last.get().covers(time)) {
                last = covering(time);
                if (last.isEmpty()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The periods to add, so that all the times are covered. */
    public List<Period> missing(Collection<Instant> times, PartitionWidth width, Instant now) {
        var missing = new ArrayList<Period>();
        var planned = this;
        for (var time : times) {
            if (planned.covering(time).isEmpty()) {
                var period = planned.fitting(time, width, now);
                missing.add(period);
                planned = planned.with(List.of(period));
            }
        }
        return missing;
    }

    public Periods with(Collection<Period> added) {
        var all = new ArrayList<>(byStart.values());
        all.addAll(added);
        return new Periods(all);
    }

    /** The oldest first. */
    public List<Period> all() {
        return List.copyOf(byStart.values());
    }

    /** Those that end at or before a time, the oldest first. */
    public List<Period> before(Instant end) {
        return byStart.values().stream()
                .filter(period -> !period.end().isAfter(end))
                .toList();
    }

    private Period fitting(Instant time, PartitionWidth width, Instant now) {
        var year = Period.yearOf(time);
        if (!width.isNear(time, now) && !overlap(year)) {
            return year;
        }
        return Stream.of(PartitionWidth.values())
                .filter(narrower -> narrower.compareTo(width) >= 0 || !width.isNear(time, now))
                .map(narrower -> Period.of(narrower, time))
                .filter(period -> !overlap(period))
                .findFirst()
                .orElseThrow();
    }

    public Optional<Period> covering(Instant time) {
        return Optional.ofNullable(byStart.floorEntry(time))
                .map(entry -> entry.getValue())
                .filter(period -> period.covers(time));
    }

    private boolean overlap(Period period) {
        var before = byStart.lowerEntry(period.end());
        return before != null && before.getValue().end().isAfter(period.start());
    }
}

package dev.tidemark.core.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the partitions of one table cover: immutable, without overlaps.
 *
 * <p>This year, the one before and the one after are divided into months, whatever is older into years. As time passes, a
 * year that was divided into months stays so: when its year would overlap what is there, a month is made.
 */
final class Periods {

    static final Periods NONE = new Periods(List.of());

    private final TreeMap<Instant, Period> byStart = new TreeMap<>();

    Periods(Collection<Period> periods) {
        periods.forEach(period -> byStart.put(period.start(), period));
    }

    boolean coverAll(Collection<Instant> times) {
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
    List<Period> missing(Collection<Instant> times, Instant now) {
        var missing = new ArrayList<Period>();
        var planned = this;
        for (var time : times) {
            if (planned.covering(time).isEmpty()) {
                var period = planned.fitting(time, now);
                missing.add(period);
                planned = planned.with(List.of(period));
            }
        }
        return missing;
    }

    Periods with(Collection<Period> added) {
        var all = new ArrayList<>(byStart.values());
        all.addAll(added);
        return new Periods(all);
    }

    private Period fitting(Instant time, Instant now) {
        var year = Period.yearOf(time);
        var isRecent = Period.year(time) >= Period.year(now) - 1;
        return isRecent || overlap(year) ? Period.monthOf(time) : year;
    }

    private Optional<Period> covering(Instant time) {
        return Optional.ofNullable(byStart.floorEntry(time))
                .map(entry -> entry.getValue())
                .filter(period -> period.covers(time));
    }

    private boolean overlap(Period period) {
        var before = byStart.lowerEntry(period.end());
        return before != null && before.getValue().end().isAfter(period.start());
    }
}

package dev.tidemark.core.projects.allowances;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.KeyLimits;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Grants events to keys, within the limits of each. */
public final class Allowances {

    /** Longer than the debt of any batch that is likely; forgotten earlier, a key would have its bucket full again. */
    private static final Duration UNUSED = Duration.ofHours(1);

    private final QuotaStore store;
    private final Clock clock;
    private final LongSupplier ticker;
    private final LoadingCache<Limited, Allowance> allowances =
            Caffeine.newBuilder().expireAfterAccess(UNUSED).build(this::allowance);

    public Allowances(QuotaStore store, Clock clock, LongSupplier ticker) {
        this.store = store;
        this.clock = clock;
        this.ticker = ticker;
    }

    /**
     * Counts events against the limits of the caller's key.
     *
     * @return gives back the events of the day, when they were not sent after all
     * @throws CallerException {@code RATE_LIMITED} or {@code QUOTA_EXCEEDED}, with the time to wait
     */
    public Runnable take(Caller caller, long events) {
        if (caller.limits().equals(KeyLimits.NONE)) {
            return () -> {};
        }
        var allowance = allowances.get(new Limited(caller.key(), caller.limits()));
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        allowance.quota().ifPresent(quota -> requireQuota(quota, events, today));
        try {
            allowance.rate().ifPresent(rate -> requireRate(rate, events));
        } catch (CallerException e) {
            allowance.quota().ifPresent(quota -> quota.giveBack(events, today));
            throw e;
        }
        return () -> allowance.quota().ifPresent(quota -> quota.giveBack(events, today));
    }

    private void requireQuota(EventQuota quota, long events, LocalDate today) {
        if (!quota.take(events, today)) {
            var midnight = today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            var left = quota.left();
            throw CallerException.until(
                    ErrorCode.QUOTA_EXCEEDED,
                    "This key may send " + (left == 0 ? "no" : left)
                            + " more events today, by UTC: none of these events was stored. Its project's administrator"
                            + " can make a key with a higher eventsPerDay.",
                    Duration.between(clock.instant(), midnight),
                    left);
        }
    }

    private void requireRate(EventRate rate, long events) {
        var wait = rate.take(events, ticker.getAsLong());
        if (wait.isPositive()) {
            throw CallerException.until(
                    ErrorCode.RATE_LIMITED,
                    "This key sends more in a second than it may: none of these events was stored, send them"
                            + " again later.",
                    wait,
                    0);
        }
    }

    private Allowance allowance(Limited key) {
        var perSecond = key.limits().eventsPerSecond();
        var perDay = key.limits().eventsPerDay();
        return new Allowance(
                perSecond.isPresent()
                        ? Optional.of(new EventRate(perSecond.getAsLong(), ticker.getAsLong()))
                        : Optional.empty(),
                perDay.isPresent()
                        ? Optional.of(new EventQuota(store, Long.parseLong(key.id()), perDay.getAsLong()))
                        : Optional.empty());
    }

    private record Limited(String id, KeyLimits limits) {}

    private record Allowance(Optional<EventRate> rate, Optional<EventQuota> quota) {}
}

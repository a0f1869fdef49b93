package dev.tidemark.retention;

import dev.tidemark.retention.RetentionStore.Cell;
import dev.tidemark.spi.Answer.Freshness;
import dev.tidemark.spi.Answer.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer about retention, as the schema has it. */
record Retention(
        RetentionQuestion question,
        List<RetentionGroup> rows,
        @Nullable Freshness freshness) {

    record RetentionGroup(Instant cohort, @Nullable Object value, long size, List<RetentionPeriod> periods) {}

    record RetentionPeriod(int period, int from, int to, long count, boolean isComplete) {}

    /** Those with people, and for each all periods, those in which nobody came too. */
    static Retention of(RetentionQuestion question, List<Cell> cells, Instant asOf) {
        var groups = new LinkedHashMap<List<@Nullable Object>, Map<Integer, Long>>();
        for (var cell : cells) {
            var group = new ArrayList<@Nullable Object>();
            group.add(cell.cohort());
            group.add(cell.value());
            groups.computeIfAbsent(group, key -> new HashMap<>()).put(cell.period(), cell.count());
        }
        var rows = new ArrayList<RetentionGroup>();
        groups.forEach((group, counts) -> rows.add(row(question, (Integer) group.getFirst(), group.getLast(), counts)));
        return new Retention(question, rows, new Freshness(asOf, Source.RAW, Optional.empty()));
    }

    private static RetentionGroup row(
            RetentionQuestion question, int cohort, @Nullable Object value, Map<Integer, Long> counts) {
        return new RetentionGroup(
                question.calendar().start(cohort),
                value,
                counts.getOrDefault(RetentionStore.ALL, 0L),
                question.periods(cohort).stream()
                        .map(period -> new RetentionPeriod(
                                period.number(),
                                period.from(),
                                period.to(),
                                counts.getOrDefault(period.number(), 0L),
                                !question.calendar()
                                        .start((long) cohort + period.to())
                                        .isAfter(question.to())))
                        .toList());
    }
}

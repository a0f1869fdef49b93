package dev.tidemark.retention;

import dev.tidemark.retention.RetentionStore.Cell;
import dev.tidemark.spi.Answer.Freshness;
import dev.tidemark.spi.Answer.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An answer about retention, as the schema has it. */
record Retention(
        RetentionQuestion question,
        List<RetentionGroup> rows,
        @Nullable Freshness freshness) {

    record RetentionGroup(Instant cohort, @Nullable Object value, long size, List<RetentionPeriod> periods) {}

    record RetentionPeriod(int period, int from, int to, long count, boolean isComplete) {}

    /**
     * Those with people, and for each all periods, those in which nobody came too.
     *
     * @param cells in their order, in which each group begins with that of all of its people
     */
    static Retention of(RetentionQuestion question, List<Cell> cells, Instant asOf) {
        var rows = new ArrayList<RetentionGroup>();
        for (int begin = 0, end; begin < cells.size(); begin = end) {
            end = begin + 1;
            while (end < cells.size() && cells.get(end).period() != RetentionStore.ALL) {
                end++;
            }
            rows.add(row(question, cells.subList(begin, end)));
        }
        return new Retention(question, rows, new Freshness(asOf, Source.RAW, Optional.empty()));
    }

    private static RetentionGroup row(RetentionQuestion question, List<Cell> cells) {
        var all = cells.getFirst();
        var counts = cells.stream().collect(Collectors.toMap(Cell::period, Cell::count));
        return new RetentionGroup(
                question.calendar().start(all.cohort()),
                all.value(),
                all.count(),
                question.periods(all.cohort()).stream()
                        .map(period -> new RetentionPeriod(
                                period.number(),
                                period.from(),
                                period.to(),
                                counts.getOrDefault(period.number(), 0L),
                                !question.calendar()
                                        .start((long) all.cohort() + period.to())
                                        .isAfter(question.to())))
                        .toList());
    }
}

package dev.tidemark.funnels;

import dev.tidemark.spi.Answer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A funnel, as the schema has it. */
record Funnel(FunnelQuestion question, List<FunnelGroup> rows, Answer.@Nullable Freshness freshness) {

    record FunnelGroup(@Nullable Instant bucket, @Nullable Object value, List<FunnelStep> steps) {}

    /** @param step its number, from 1 */
    record FunnelStep(int step, String collection, long count, long dropped, List<ConversionTime> conversionTimes) {}

    record ConversionTime(double percentile, double sinceFirst, double sincePrevious) {}

    static Funnel of(FunnelQuestion question, List<FunnelStore.Row> rows, Instant asOf) {
        return new Funnel(
                question,
                rows.stream().map(row -> row(question, row)).toList(),
                new Answer.Freshness(asOf, Answer.Source.RAW, Optional.empty()));
    }

    private static FunnelGroup row(FunnelQuestion question, FunnelStore.Row row) {
        var breakdown = question.breakdown();
        var bucket = breakdown.flatMap(FunnelQuestion.Breakdown::bucket).isPresent()
                ? start(
                        (LocalDate) row.values().getLast(),
                        breakdown.orElseThrow().zone())
                : null;
        var value = breakdown.flatMap(FunnelQuestion.Breakdown::property).isPresent()
                ? row.values().getFirst()
                : null;
        return new FunnelGroup(
                bucket,
                value,
                IntStream.rangeClosed(1, question.steps().size())
                        .mapToObj(step -> step(question, row, step))
                        .toList());
    }

    private static FunnelStep step(FunnelQuestion question, FunnelStore.Row row, int step) {
        var count = row.reached().get(step - 1);
        var next = step < row.reached().size() ? row.reached().get(step) : count;
        return new FunnelStep(
                step,
                question.steps().get(step - 1).collection(),
                count,
                count - next,
                step == 1 || !question.isMeasured() ? List.of() : times(question, row, step - 2));
    }

    private static List<ConversionTime> times(FunnelQuestion question, FunnelStore.Row row, int place) {
        var sinceFirst = row.sinceFirst().get(place);
        var sinceBefore = row.sinceBefore().get(place);
        if (sinceFirst == null || sinceBefore == null) {
            return List.of();
        }
        return IntStream.range(0, question.percentiles().size())
                .mapToObj(i -> new ConversionTime(question.percentiles().get(i), sinceFirst.get(i), sinceBefore.get(i)))
                .toList();
    }

    /** Where the clock skips midnight, the day starts as it skips. */
    private static @Nullable Instant start(@Nullable LocalDate day, ZoneId zone) {
        return day == null ? null : day.atStartOfDay(zone).toInstant();
    }
}

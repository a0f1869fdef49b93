package dev.tidemark.core.questions.aggregates;

import dev.tidemark.core.questions.sql.Buckets;
import dev.tidemark.core.questions.sql.GroupingSql;
import dev.tidemark.core.questions.sql.MeasureSql;
import dev.tidemark.core.questions.sql.SqlColumns;
import dev.tidemark.core.questions.sql.TimeBounds;
import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Grouping.ByBucket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Adds the buckets in which nothing happened. What {@code having}, the order and {@code first} do comes after that, so it is
 * done here and not by PostgreSQL.
 */
final class GapFilling {

    private final Aggregate question;
    private final SqlColumns columns;
    private final int place;
    private final ByBucket grouping;

    /** @param question groups by a bucket at least; the first of them is filled */
    GapFilling(Aggregate question, SqlColumns columns) {
        this.question = question;
        this.columns = columns;
        this.place = IntStream.range(0, question.groupings().size())
                .filter(i -> question.groupings().get(i) instanceof ByBucket)
                .findFirst()
                .orElseThrow();
        this.grouping = (ByBucket) question.groupings().get(place);
    }

    List<List<@Nullable Object>> rows(List<List<@Nullable Object>> found) {
        return new Choice(question).of(Stream.concat(found.stream(), missing(found).stream()), row -> row);
    }

    private List<List<@Nullable Object>> missing(List<List<@Nullable Object>> found) {
        var known = new HashSet<List<@Nullable Object>>();
        for (var row : found) {
            known.add(Groups.comparable(groupings(row)));
        }
        var others = others(found);
        var missing = new ArrayList<List<@Nullable Object>>();
        for (var bucket : series(found)) {
            for (var other : others) {
                var group = new ArrayList<@Nullable Object>(other);
                group.set(place, bucket);
                if (!known.contains(Groups.comparable(group))) {
                    requireRoom(found.size() + missing.size());
                    missing.add(MeasureSql.ofNothing(group, question.measures()));
                }
            }
        }
        return missing;
    }

    /** The combinations of the other groupings, with a hole where the bucket belongs. */
    private Collection<List<@Nullable Object>> others(List<List<@Nullable Object>> found) {
        var others = new LinkedHashMap<List<@Nullable Object>, List<@Nullable Object>>();
        if (question.groupings().size() == 1) {
            others.put(List.of(), Collections.singletonList(null));
            return others.values();
        }
        for (var row : found) {
            var other = new ArrayList<@Nullable Object>(groupings(row));
            other.set(place, null);
            others.putIfAbsent(Groups.comparable(other), other);
        }
        return others.values();
    }

    private List<@Nullable Object> groupings(List<@Nullable Object> row) {
        return row.subList(0, question.groupings().size());
    }

    private List<Instant> series(List<List<@Nullable Object>> found) {
        var time = new GroupingSql(columns).time(grouping);
        var bounds = TimeBounds.of(question.filter(), columns, time, grouping.zone());
        var starts = found.stream()
                .map(row -> (Instant) row.get(place))
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        var first = bounds.first().or(() -> starts.stream().findFirst());
        var end = bounds.end().or(() -> starts.reversed().stream().findFirst().map(Buckets.of(grouping)::next));
        return first.isPresent() && end.isPresent() ? series(first.get(), end.get()) : List.of();
    }

    private List<Instant> series(Instant first, Instant end) {
        var buckets = Buckets.of(grouping);
        var series = new ArrayList<Instant>();
        for (var start = buckets.startBefore(first); start.isBefore(end); start = buckets.next(start)) {
            requireRoom(series.size());
            series.add(start);
        }
        return series;
    }

    private static void requireRoom(int rows) {
        if (rows >= Groups.MOST) {
            throw new CallerException(
                    ErrorCode.QUERY_TOO_COMPLEX,
                    "Filling the gaps makes more than " + Groups.MOST
                            + " rows: ask about less time, or use longer buckets.",
                    "fillGaps");
        }
    }
}

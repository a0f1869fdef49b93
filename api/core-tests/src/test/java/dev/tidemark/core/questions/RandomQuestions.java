package dev.tidemark.core.questions;

import dev.tidemark.core.questions.EventTable.Row;
import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Earlier;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Filter.Comparison;
import dev.tidemark.spi.Grouping;
import dev.tidemark.spi.Grouping.DatePart;
import dev.tidemark.spi.Grouping.TimeUnit;
import dev.tidemark.spi.Measure;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes small data sets around the days on which clocks are set, and questions about them. */
final class RandomQuestions {

    static final Map<String, ColumnType> PROPERTIES = new LinkedHashMap<>();

    static {
        PROPERTIES.put("text", ColumnType.TEXT);
        PROPERTIES.put("whole", ColumnType.LONG);
        PROPERTIES.put("part", ColumnType.DOUBLE);
        PROPERTIES.put("flag", ColumnType.BOOLEAN);
        PROPERTIES.put("moment", ColumnType.TIMESTAMP);
    }

    private static final List<TimeUnit> LONG_UNITS =
            List.of(TimeUnit.DAY, TimeUnit.WEEK, TimeUnit.MONTH, TimeUnit.QUARTER, TimeUnit.YEAR);
    private static final List<String> TEXTS = List.of("", "a", "B", "ab", "é", "\uFF5E", "𝄞", "%_", "it's", "?");
    private static final List<String> ZONES = List.of(
            "UTC",
            "America/New_York",
            "Europe/Berlin",
            "Australia/Lord_Howe",
            "Asia/Kathmandu",
            "America/Havana",
            "America/Sao_Paulo",
            "+05:30",
            "-03:00",
            "UTC+02:00");
    /** Clocks are set in New York, Berlin, on Lord Howe, in Havana and in São Paulo. */
    private static final List<Instant> DAYS = List.of(
            Instant.parse("2021-03-14T06:00:00Z"),
            Instant.parse("2021-11-07T05:30:00Z"),
            Instant.parse("2021-10-31T00:30:00Z"),
            Instant.parse("2021-04-03T15:00:00Z"),
            Instant.parse("2021-10-02T15:30:00Z"),
            Instant.parse("2021-11-07T05:00:00Z"),
            Instant.parse("2018-02-18T01:30:00Z"),
            Instant.parse("2018-11-04T03:00:00Z"));

    private final Random random;
    private final Instant day;

    RandomQuestions(long seed) {
        this.random = new Random(seed);
        this.day = one(DAYS);
    }

    List<Row> rows() {
        return IntStream.range(0, random.nextInt(50)).mapToObj(i -> row()).toList();
    }

    private Row row() {
        var values = new HashMap<String, @Nullable Object>();
        values.put("text", maybe(one(TEXTS)));
        values.put("whole", maybe((long) random.nextInt(7) - 3));
        values.put("part", maybe((random.nextInt(9) - 4) / 4.0));
        values.put("flag", maybe(random.nextBoolean()));
        values.put("moment", maybe(time()));
        return new Row(time(), (String) maybe(one(TEXTS)), (String) maybe(one(TEXTS)), values);
    }

    /** Whole seconds, half of them within three hours, others within weeks, some a year before. */
    private Instant time() {
        var within = random.nextBoolean() ? Duration.ofHours(3) : Duration.ofDays(random.nextBoolean() ? 2 : 20);
        var time = day.plusSeconds(random.nextLong(-within.toSeconds(), within.toSeconds()));
        return random.nextInt(8) == 0 ? time.minus(Duration.ofDays(365)) : time;
    }

    Aggregate question(String... relations) {
        var isFilled = random.nextInt(4) == 0;
        var groupings = random.nextInt(3);
        var bucket = bucket("bucket", groupings == 0 ? one(TimeUnit.values()) : one(LONG_UNITS));
        var isShort = isFilled && bucket.unit().compareTo(TimeUnit.DAY) <= 0;
        var isBounded = isShort || random.nextBoolean();
        var filter = filter(random.nextInt(4));
        var ask = Ask.about(relations).where(isBounded ? new Filter.And(List.of(bounds(bucket), filter)) : filter);
        if (isFilled) {
            ask = ask.by(bucket).fillGaps();
        }
        for (int i = groupings; i > 0; i--) {
            ask = ask.by(grouping("g" + i, isFilled ? bucket.column() : ""));
        }
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            ask = ask.measure(measure("m" + i));
        }
        ask = ordered(ask);
        var measure = one(ask.question().measures());
        if (random.nextInt(3) == 0 && isNumber(measure)) {
            ask = ask.having(measure.name(), one(Comparison.values()), random.nextInt(6) - 1);
        }
        if (random.nextInt(3) == 0) {
            ask = ask.first(1 + random.nextInt(6));
            var canHaveRest = !isFilled && !ask.question().groupings().isEmpty();
            ask = canHaveRest && random.nextBoolean() ? ask.rest() : ask;
        }
        if (isBounded && random.nextBoolean()) {
            ask = ask.comparedWith(new Earlier(bucket.column(), zone(), back()));
        }
        return ask.question();
    }

    /** Few enough buckets to fill: between days, beginnings of months, or any seconds. */
    private Filter bounds(Grouping.ByBucket bucket) {
        var start = LocalDateTime.ofInstant(day, bucket.zone()).toLocalDate();
        var days = bucket.unit().compareTo(TimeUnit.DAY) < 0 ? 2 : 30;
        var first = start.minusDays(random.nextInt(days))
                .atStartOfDay(bucket.zone())
                .toInstant();
        var end = start.plusDays(1 + random.nextInt(days))
                .atStartOfDay(bucket.zone())
                .toInstant();
        if (bucket.unit() == TimeUnit.SECOND || random.nextInt(3) == 0) {
            first = day.minusSeconds(random.nextInt(1800));
            end = day.plusSeconds(1 + random.nextInt(1800));
        } else if (days == 30 && random.nextBoolean()) {
            first = start.withDayOfMonth(1).atStartOfDay(bucket.zone()).toInstant();
            end = start.withDayOfMonth(1)
                    .plusMonths(1)
                    .atStartOfDay(bucket.zone())
                    .toInstant();
        }
        return new Filter.And(List.of(
                new Filter.Compare(bucket.column(), Comparison.GTE, first),
                new Filter.Compare(bucket.column(), Comparison.LT, end)));
    }

    private Optional<Period> back() {
        return switch (random.nextInt(6)) {
            case 0 -> Optional.of(Period.ofDays(1));
            case 1 -> Optional.of(Period.ofWeeks(1));
            case 2 -> Optional.of(Period.ofMonths(1));
            case 3 -> Optional.of(Period.ofYears(1));
            default -> Optional.empty();
        };
    }

    private Ask ordered(Ask ask) {
        var question = ask.question();
        var names = Stream.concat(
                        question.groupings().stream().map(Grouping::name),
                        question.measures().stream()
                                .filter(RandomQuestions::isExact)
                                .map(Measure::name))
                .toList();
        return names.isEmpty() || random.nextBoolean() ? ask : ask.orderBy(one(names), random.nextBoolean());
    }

    private static boolean isNumber(Measure measure) {
        return switch (measure) {
            case Measure.Count _, Measure.Distinct _, Measure.Sum _, Measure.Ratio _ -> true;
            case Measure.Filtered filtered -> isNumber(filtered.measure());
            default -> false;
        };
    }

    /** The last digit of the others may differ, and with it the order. */
    private static boolean isExact(Measure measure) {
        return switch (measure) {
            case Measure.Average _, Measure.Percentile _, Measure.Top _ -> false;
            case Measure.Filtered filtered -> isExact(filtered.measure());
            default -> true;
        };
    }

    /** @param filled the column whose buckets are filled, by which nothing else groups */
    private Grouping grouping(String name, String filled) {
        return switch (random.nextInt(filled.isEmpty() ? 4 : 3)) {
            case 0 ->
                new Grouping.ByColumn(
                        name, one(List.of("text", "whole", "part", "flag", "_user", "_person", "_collection")));
            case 1 -> new Grouping.ByPart(name, timeColumn(), one(DatePart.values()), zone());
            case 2 -> {
                var bucket = bucket(name, one(LONG_UNITS));
                yield bucket.column().equals(filled) ? new Grouping.ByColumn(name, "flag") : bucket;
            }
            default -> bucket(name, one(TimeUnit.values()));
        };
    }

    private Grouping.ByBucket bucket(String name, TimeUnit unit) {
        var every = switch (unit) {
            case SECOND -> one(List.of(1, 5, 30));
            case MINUTE -> one(List.of(1, 10, 15, 20, 30, 60));
            case HOUR -> one(List.of(1, 2, 3, 6, 12));
            default -> 1;
        };
        return new Grouping.ByBucket(name, timeColumn(), unit, every, zone());
    }

    private Measure measure(String name) {
        return switch (random.nextInt(6)) {
            case 0 -> new Measure.Filtered(plain(name), measureFilter());
            case 1 -> new Measure.Ratio(name, number(), number());
            default -> plain(name);
        };
    }

    private Measure number() {
        Measure number = random.nextBoolean() ? new Measure.Count("n") : new Measure.Sum("n", "whole");
        return random.nextBoolean() ? number : new Measure.Filtered(number, measureFilter());
    }

    private Filter measureFilter() {
        return random.nextInt(4) == 0
                ? new Filter.Compare(timeColumn(), one(Comparison.values()), time())
                : filter(random.nextInt(2));
    }

    private Measure plain(String name) {
        var number = one(List.of("whole", "part"));
        return switch (random.nextInt(9)) {
            case 0 -> new Measure.Count(name);
            case 1 -> new Measure.Distinct(name, one(List.of("text", "whole", "flag", "_person", "moment")));
            case 2 -> new Measure.Sum(name, number);
            case 3 -> new Measure.Average(name, number);
            case 4 -> new Measure.Min(name, one(List.of("text", "whole", "part", "moment")));
            case 5 -> new Measure.Max(name, one(List.of("text", "whole", "part", "_time")));
            case 6 -> new Measure.Percentile(name, number, one(List.of(0.0, 0.25, 0.5, 0.9, 1.0)));
            default -> new Measure.Top(name, one(List.of("text", "whole", "flag", "_user")), 1 + random.nextInt(3));
        };
    }

    private Filter filter(int depth) {
        if (depth == 0) {
            return random.nextInt(3) == 0 ? condition() : Filter.ALL;
        }
        return switch (random.nextInt(4)) {
            case 0 -> new Filter.And(List.of(filter(depth - 1), filter(depth - 1)));
            case 1 -> new Filter.Or(List.of(condition(), filter(depth - 1)));
            case 2 -> new Filter.Not(new Filter.And(List.of(condition(), filter(depth - 1))));
            default -> condition();
        };
    }

    private Filter condition() {
        return switch (random.nextInt(7)) {
            case 0 -> new Filter.IsSet(one(List.of("text", "whole", "_user")), random.nextBoolean());
            case 1 -> new Filter.In("text", List.of(one(TEXTS), one(TEXTS)));
            case 2 -> new Filter.Compare("whole", one(Comparison.values()), one(List.of(1L, 0L, 1.5, -2L)));
            case 3 -> new Filter.Compare("part", one(Comparison.values()), one(List.of(0.25, 0L, -1L)));
            case 4 -> new Filter.Compare("_person", one(Comparison.values()), one(TEXTS));
            case 5 -> new Filter.Compare("flag", one(List.of(Comparison.EQ, Comparison.NE)), random.nextBoolean());
            default -> new Filter.Matches("text", one(Filter.Match.values()), one(TEXTS));
        };
    }

    private String timeColumn() {
        return one(List.of("_time", "_time", "moment"));
    }

    private ZoneId zone() {
        return ZoneId.of(one(ZONES));
    }

    private @Nullable Object maybe(Object value) {
        return random.nextInt(5) == 0 ? null : value;
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private <T> T one(T[] all) {
        return all[random.nextInt(all.length)];
    }
}

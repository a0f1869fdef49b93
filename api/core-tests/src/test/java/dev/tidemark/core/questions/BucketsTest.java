package dev.tidemark.core.questions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.questions.sql.Buckets;
import dev.tidemark.spi.Grouping.ByBucket;
import dev.tidemark.spi.Grouping.TimeUnit;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketsTest {

    @Test
    void anHourThatIsShownTwiceIsTwoBuckets() {
        assertThat(starts("Europe/Berlin", TimeUnit.HOUR, 1, "2021-10-30T23:30:00Z", 4))
                .containsExactly(
                        "2021-10-30T23:00:00Z", "2021-10-31T00:00:00Z", "2021-10-31T01:00:00Z", "2021-10-31T02:00:00Z");
    }

    @Test
    void anHourThatIsSkippedIsNone() {
        assertThat(localStarts("America/New_York", TimeUnit.HOUR, 1, "2021-03-14T06:00:00Z", 2))
                .containsExactly("2021-03-14T01:00", "2021-03-14T03:00");
    }

    @Test
    void severalHoursAreCountedFromMidnightWhateverTheClockDoes() {
        assertThat(localStarts("America/New_York", TimeUnit.HOUR, 6, "2021-11-07T04:00:00Z", 5))
                .containsExactly(
                        "2021-11-07T00:00",
                        "2021-11-07T06:00",
                        "2021-11-07T12:00",
                        "2021-11-07T18:00",
                        "2021-11-08T00:00");
        assertThat(localStarts("America/New_York", TimeUnit.HOUR, 2, "2021-03-14T05:00:00Z", 3))
                .containsExactly("2021-03-14T00:00", "2021-03-14T03:00", "2021-03-14T04:00");
    }

    @Test
    void halfAnHourOfSummerTimeCutsTheHour() {
        assertThat(starts("Australia/Lord_Howe", TimeUnit.HOUR, 1, "2021-04-03T14:00:00Z", 3))
                .containsExactly("2021-04-03T14:00:00Z", "2021-04-03T15:00:00Z", "2021-04-03T15:30:00Z");
        assertThat(starts("Australia/Lord_Howe", TimeUnit.HOUR, 1, "2021-10-02T14:45:00Z", 3))
                .containsExactly("2021-10-02T14:30:00Z", "2021-10-02T15:30:00Z", "2021-10-02T16:00:00Z");
        assertThat(starts("Australia/Lord_Howe", TimeUnit.MINUTE, 30, "2021-04-03T14:30:00Z", 3))
                .containsExactly("2021-04-03T14:30:00Z", "2021-04-03T15:00:00Z", "2021-04-03T15:30:00Z");
    }

    @Test
    void aDayWithoutOrWithTwoMidnightsStartsAtItsFirstInstant() {
        assertThat(starts("America/Sao_Paulo", TimeUnit.DAY, 1, "2018-11-04T12:00:00Z", 2))
                .containsExactly("2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z");
        assertThat(starts("America/Havana", TimeUnit.DAY, 1, "2021-11-07T04:30:00Z", 2))
                .containsExactly("2021-11-07T04:00:00Z", "2021-11-08T05:00:00Z");
    }

    @Test
    void aDayThatWasLeftOutIsNone() {
        assertThat(localStarts("Pacific/Apia", TimeUnit.DAY, 1, "2011-12-30T00:00:00Z", 2))
                .containsExactly("2011-12-29T00:00", "2011-12-31T00:00");
    }

    @ParameterizedTest
    @CsvSource({
        "WEEK, 2026-01-01T00:00:00Z, 2025-12-29T00:00:00Z, 2026-01-05T00:00:00Z",
        "MONTH, 2026-01-31T00:00:00Z, 2026-01-01T00:00:00Z, 2026-02-01T00:00:00Z",
        "QUARTER, 2026-05-31T00:00:00Z, 2026-04-01T00:00:00Z, 2026-07-01T00:00:00Z",
        "YEAR, 2024-12-31T23:59:59Z, 2024-01-01T00:00:00Z, 2025-01-01T00:00:00Z"
    })
    void longBucketsFollowTheCalendar(TimeUnit unit, String within, String start, String next) {
        assertThat(starts("UTC", unit, 1, within, 2)).containsExactly(start, next);
    }

    /** Whoever walks from bucket to bucket meets the same ones as whoever asks of every minute. */
    @ParameterizedTest
    @CsvSource({
        "America/New_York, 2021-03-13T00:00:00Z",
        "America/New_York, 2021-11-06T00:00:00Z",
        "Europe/Berlin, 2021-10-30T00:00:00Z",
        "Australia/Lord_Howe, 2021-04-02T12:00:00Z",
        "Australia/Lord_Howe, 2021-10-01T12:00:00Z",
        "America/Havana, 2021-11-06T00:00:00Z",
        "America/Sao_Paulo, 2018-02-17T00:00:00Z",
        "Pacific/Apia, 2011-12-28T12:00:00Z",
        "+05:45, 2021-01-01T00:00:00Z"
    })
    void bucketsFollowOneAnotherWithoutHoles(String zone, Instant from) {
        for (var grouping : groupings(ZoneId.of(zone))) {
            var buckets = Buckets.of(grouping);
            var end = from.plusSeconds(3 * 86_400);

            var asked = Stream.iterate(from, end::isAfter, minute -> minute.plusSeconds(60))
                    .map(buckets::startBefore)
                    .distinct()
                    .toList();
            var walked = Stream.iterate(buckets.startBefore(from), end::isAfter, buckets::next)
                    .toList();

            assertThat(asked).as(grouping.toString()).isEqualTo(walked);
        }
    }

    private static List<ByBucket> groupings(ZoneId zone) {
        return List.of(
                new ByBucket("b", "t", TimeUnit.MINUTE, 10, zone),
                new ByBucket("b", "t", TimeUnit.MINUTE, 20, zone),
                new ByBucket("b", "t", TimeUnit.MINUTE, 30, zone),
                new ByBucket("b", "t", TimeUnit.HOUR, 1, zone),
                new ByBucket("b", "t", TimeUnit.HOUR, 3, zone),
                new ByBucket("b", "t", TimeUnit.HOUR, 12, zone),
                new ByBucket("b", "t", TimeUnit.DAY, 1, zone),
                new ByBucket("b", "t", TimeUnit.WEEK, 1, zone));
    }

    private static List<String> starts(String zone, TimeUnit unit, int every, String from, int count) {
        var buckets = Buckets.of(new ByBucket("b", "t", unit, every, ZoneId.of(zone)));
        return Stream.iterate(buckets.startBefore(Instant.parse(from)), buckets::next)
                .limit(count)
                .map(Instant::toString)
                .toList();
    }

    private static List<String> localStarts(String zone, TimeUnit unit, int every, String from, int count) {
        return starts(zone, unit, every, from, count).stream()
                .map(start -> LocalDateTime.ofInstant(Instant.parse(start), ZoneId.of(zone))
                        .toString())
                .toList();
    }
}

package dev.tidemark.imports.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which files write when something happened. */
class TimeFormatTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "seconds, 1769862896,           2026-01-31T12:34:56Z",
        "seconds, 1769862896.25,        2026-01-31T12:34:56.25Z",
        "seconds, 1.769862896E9,        2026-01-31T12:34:56Z",
        "seconds, -1,                   1969-12-31T23:59:59Z",
        "seconds, -0.5,                 1969-12-31T23:59:59.5Z",
        "millis,  1769862896789,        2026-01-31T12:34:56.789Z",
        "millis,  1769862896789.5,      2026-01-31T12:34:56.7895Z",
        "micros,  1769862896789012,     2026-01-31T12:34:56.789012Z",
    })
    void numbersCountFrom1970(String form, String text, Instant instant) {
        assertThat(read(form, text)).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "0x10", "1e18", "-1e300", "2026-01-31T12:34:56Z", "1,5", "NaN", "01"})
    void whatIsNoNumberOrBeyondAllTimeIsNoTimeOfSuch(String text) {
        assertThat(read("seconds", text)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dd.MM.yyyy HH:mm           | 01.02.2026 10:00           | 2026-02-01T09:00:00Z",
                "dd.MM.yyyy HH              | 01.02.2026 10              | 2026-02-01T09:00:00Z",
                "d.M.uuuu                   | 1.7.2026                   | 2026-06-30T22:00:00Z",
                "MM/dd/yyyy hh:mm:ss a      | 07/01/2026 01:02:03 pm     | 2026-07-01T11:02:03Z",
                "dd/MMM/yyyy:HH:mm:ss Z     | 31/Jan/2026:12:34:56 +0530 | 2026-01-31T07:04:56Z",
                "yyyyMMddHHmmssSSS          | 20260131123456789          | 2026-01-31T11:34:56.789Z",
                "EEE MMM d HH:mm:ss yyyy    | Sat Jan 31 12:34:56 2026   | 2026-01-31T11:34:56Z",
            })
    void patternsAreReadOnTheGivenClockUnlessTheyHaveAnOther(String pattern, String text, Instant instant) {
        assertThat(read(pattern, text)).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30.02.2026 10:00", "1.2.2026 10:00", "01.02.2026 24:00", "01.02.2026 10:00 ", "soon"})
    void whatIsNotAsThePatternIsNoTime(String text) {
        assertThat(read("dd.MM.yyyy HH:mm", text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HH:mm", "MM.yyyy", "dd.MM.", "second", "dd.MM.yyyy {", "'", "B"})
    void aPatternThatTellsNoMomentIsNone(String pattern) {
        assertThat(TimeFormat.of(pattern)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1769862896 | seconds",
                "1769862896.5 | seconds",
                "1769862896789 | millis",
                "20260201 | yyyyMMdd",
                "01.02.2026 | d.M.yyyy",
                "1.2.2026 9:05 | d.M.yyyy H:mm",
                "2/1/2026 9:05 PM | M/d/yyyy h:mm a",
                "31/1/2026 21:05:01 | d/M/yyyy H:mm:ss",
                "2026/01/31 21:05 | yyyy/M/d H:mm",
                "Jan 31, 2026 | MMM d, yyyy",
                "31/Jan/2026:21:05:01 +0100 | dd/MMM/yyyy:HH:mm:ss Z",
                "Sat, 31 Jan 2026 21:05:01 GMT | EEE, d MMM yyyy HH:mm:ss z",
                "soon | dd.MM.yyyy HH:mm"
            })
    void whatIsNoTimeOfIsoIsToldWithTheFormThatItHas(String text, String form) {
        assertThat(TimeFormat.ISO.remedy(text)).endsWith("such as \"" + form + "\"");
    }

    @Test
    void whatIsNoTimeIsToldWithWhatWouldBeOne() {
        assertThat(TimeFormat.of("millis").orElseThrow().remedy("")).isEqualTo("none such as 1769862896000");
        assertThat(TimeFormat.of("d.M.yy H:mm").orElseThrow().remedy("")).isEqualTo("none such as 31.1.26 12:34");
    }

    private static Instant read(String form, String text) {
        return TimeFormat.of(form).orElseThrow().instant(text, BERLIN);
    }
}

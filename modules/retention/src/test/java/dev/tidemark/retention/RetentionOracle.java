package dev.tidemark.retention;

import dev.tidemark.retention.Calendar.Unit;
import dev.tidemark.retention.RetentionQuestion.Action;
import dev.tidemark.spi.Filter;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What retention means, in plain loops over one person after the other. */
final class RetentionOracle {

    private final RetentionQuestion question;
    private final Map<String, List<Visit>> people;

    RetentionOracle(List<Visit> visits, RetentionQuestion question) {
        this.question = question;
        this.people = visits.stream()
                .filter(visit ->
                        !visit.time().isBefore(question.from()) && visit.time().isBefore(question.to()))
                .sorted(Comparator.comparing(Visit::time).thenComparingLong(Visit::id))
                .collect(Collectors.groupingBy(Visit::person, TreeMap::new, Collectors.toList()));
    }

    /** @param start the first day of the unit */
    record Cohort(LocalDate start, @Nullable Object value) {}

    /** The people of each cohort, and the numbers of the periods in which each came back. */
    Map<Cohort, Map<String, Set<Integer>>> answer() {
        var answer = new HashMap<Cohort, Map<String, Set<Integer>>>();
        people.forEach((person, visits) -> starts(visits)
                .forEach(start -> answer.computeIfAbsent(cohort(start), any -> new TreeMap<>())
                        .put(person, periods(start, visits.subList(visits.indexOf(start) + 1, visits.size())))));
        return answer;
    }

    /** The first first action of the range, or of each unit. */
    private List<Visit> starts(List<Visit> visits) {
        var first = visits.stream().filter(visit -> is(visit, question.first())).toList();
        var firstOfUnits =
                first.stream().collect(Collectors.toMap(this::unit, visit -> visit, (one, other) -> one, TreeMap::new));
        return List.copyOf(firstOfUnits.values())
                .subList(0, question.isRecurring() ? firstOfUnits.size() : Math.min(1, firstOfUnits.size()));
    }

    private Set<Integer> periods(Visit start, List<Visit> later) {
        var periods = new TreeSet<Integer>();
        for (var visit : later) {
            if (is(visit, question.returning())) {
                period(Math.toIntExact(units().between(unit(start), unit(visit))))
                        .ifPresent(periods::add);
            }
        }
        return periods;
    }

    private OptionalInt period(int lag) {
        return question.brackets().isEmpty()
                ? OptionalInt.of(lag)
                : IntStream.range(0, question.brackets().size() - 1)
                        .filter(i -> question.brackets().get(i) <= lag
                                && lag < question.brackets().get(i + 1))
                        .findFirst();
    }

    private Cohort cohort(Visit start) {
        return new Cohort(unit(start), question.breakdown().map(start::property).orElse(null));
    }

    private LocalDate unit(Visit visit) {
        var day = LocalDate.ofInstant(visit.time(), question.calendar().zone());
        return switch (question.calendar().unit()) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    private ChronoUnit units() {
        return question.calendar().unit() == Unit.DAY
                ? ChronoUnit.DAYS
                : question.calendar().unit() == Unit.WEEK ? ChronoUnit.WEEKS : ChronoUnit.MONTHS;
    }

    private static boolean is(Visit visit, Action action) {
        return action.collection().map(visit.collection()::equals).orElse(true)
                && (!(action.filter() instanceof Filter.Compare test)
                        || test.value().equals(visit.property(test.column())));
    }
}

package dev.tidemark.funnels;

import static dev.tidemark.spi.SqlFragment.joined;
import static dev.tidemark.spi.SqlFragment.name;
import static dev.tidemark.spi.SqlFragment.number;
import static dev.tidemark.spi.SqlFragment.place;
import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Snapshot;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlFragment.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The statements of one funnel. */
final class FunnelStore {

    static final int MOST_ROWS = 10_000;

    private final FunnelQuestion question;
    private final EventsSql events;
    private final MatchesSql matches;

    FunnelStore(FunnelQuestion question, EventsSql events) {
        this.question = question;
        this.events = events;
        this.matches = new MatchesSql(question, events);
    }

    /**
     * One group of people.
     *
     * @param values of the breakdown
     * @param reached how many people reached each step
     * @param sinceFirst the percentiles of the seconds since step 1, from step 2 on; null where nobody got there
     * @param sinceBefore the same since the step before
     */
    record Row(
            List<@Nullable Object> values,
            List<Long> reached,
            List<@Nullable List<Double>> sinceFirst,
            List<@Nullable List<Double>> sinceBefore) {}

    /** Those of a breakdown with the most people first, or in the order of their buckets; without one a single row. */
    List<Row> rows(Snapshot snapshot) {
        var steps = question.steps().size();
        var columns = new ArrayList<>(matches.values());
        IntStream.rangeClosed(1, steps)
                .forEach(step -> columns.add(sql("count(*) filter (where depth >= {})", number(step))));
        if (question.isMeasured()) {
            IntStream.rangeClosed(2, steps).forEach(step -> columns.add(percentiles("since" + step)));
            IntStream.rangeClosed(2, steps).forEach(step -> columns.add(percentiles("wait" + step)));
        }
        var most = question.breakdown()
                .map(breakdown -> breakdown.first().orElse(MOST_ROWS + 1))
                .orElse(1);
        var rows = snapshot.rows(sql(
                """
                with {}
                select {}
                from people
                group by {}
                order by {}
                limit {}\
                """,
                matches.people(Optional.empty()),
                joined(", ", columns),
                matches.values().isEmpty() ? sql("()") : joined(", ", matches.values()),
                joined(", ", order()),
                number(most)));
        if (rows.size() > MOST_ROWS) {
            throw new CallerException(
                    ErrorCode.QUERY_TOO_COMPLEX,
                    "There are more than " + MOST_ROWS + " rows: add first, or break down by something coarser.",
                    "breakdown");
        }
        return rows.stream().map(this::row).toList();
    }

    /** The ids of a page of people, and one more if there is one. */
    List<String> people(Snapshot snapshot, PeopleQuestion people) {
        var step = number(people.step());
        var conditions = new ArrayList<SqlFragment>();
        conditions.add(people.onlyDropped() ? sql("depth = {}", step) : sql("depth >= {}", step));
        people.value().ifPresent(value -> conditions.add(sql("v1 = {}", events.value(value))));
        people.bucket()
                .ifPresent(day ->
                        conditions.add(sql("v2 = {}", SqlFragment.value(new Parameter(ColumnType.DATE, day)))));
        if (people.withoutValue()) {
            conditions.add(sql("v1 is null"));
        }
        return snapshot
                .rows(sql(
                        """
                        with {}
                        select p
                        from people
                        where {}
                        group by p
                        order by p
                        limit {}\
                        """,
                        matches.people(people.page().after()),
                        joined("\nand ", conditions),
                        number(people.page().first() + 1)))
                .stream()
                .map(row -> (String) Objects.requireNonNull(row.getFirst()))
                .toList();
    }

    private SqlFragment percentiles(String seconds) {
        return sql(
                "percentile_cont({}) within group (order by {})",
                SqlFragment.value(new Parameter(ColumnType.DOUBLE, question.percentiles())),
                name(seconds));
    }

    private List<SqlFragment> order() {
        var values = matches.values().size();
        var order = new ArrayList<SqlFragment>();
        if (question.breakdown().flatMap(FunnelQuestion.Breakdown::bucket).isPresent()) {
            order.add(place(values));
        }
        order.add(sql("{} desc", place(values + 1)));
        if (events.property().isPresent()) {
            order.add(place(1));
        }
        return order;
    }

    @SuppressWarnings("unchecked") // PostgreSQL's double precision[]
    private Row row(List<@Nullable Object> row) {
        var steps = question.steps().size();
        var values = matches.values().size();
        var reached = row.subList(values, values + steps).stream()
                .map(count -> (Long) Objects.requireNonNull(count))
                .toList();
        var times = new ArrayList<@Nullable List<Double>>();
        row.subList(values + steps, row.size()).forEach(time -> times.add((List<Double>) time));
        return new Row(
                row.subList(0, values),
                reached,
                times.subList(0, times.size() / 2),
                times.subList(times.size() / 2, times.size()));
    }
}

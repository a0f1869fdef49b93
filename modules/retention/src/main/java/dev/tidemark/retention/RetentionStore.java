package dev.tidemark.retention;

import static dev.tidemark.spi.SqlFragment.number;
import static dev.tidemark.spi.SqlFragment.sql;

import com.google.errorprone.annotations.CompileTimeConstant;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Snapshot;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlFragment.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The statements of one question about retention. */
final class RetentionStore {

    /** Stands for the period of a cell that counts all of the cohort. */
    static final int ALL = -1;

    private static final int MOST_CELLS = 100_000;

    private final RetentionQuestion question;
    private final EventsSql events;

    RetentionStore(RetentionQuestion question, EventsSql events) {
        this.question = question;
        this.events = events;
    }

    /**
     * How many people of a cohort came back in a period.
     *
     * @param cohort the number of its unit
     * @param value of the breakdown's property
     * @param period its number, or {@link #ALL}
     */
    record Cell(int cohort, @Nullable Object value, int period, long count) {}

    /** In the order of cohorts and values; none for periods in which nobody came. */
    List<Cell> cells(Snapshot snapshot) {
        var people = question.brackets().isEmpty() ? sql("count(*)") : sql("count(distinct p)");
        var value = ifDivided("v");
        var cells = snapshot.rows(sql("""
            with {}
            select cohort, period, {}{}
            from visit
            group by cohort, period{}
            order by cohort{}, period
            limit {}\
            """, visits(), people, value, value, value, number(MOST_CELLS + 1)));
        if (cells.size() > MOST_CELLS) {
            throw new CallerException(
                    ErrorCode.QUERY_TOO_COMPLEX,
                    "There are more than " + MOST_CELLS + " cells: ask about less time, or break down more coarsely.");
        }
        return cells.stream().map(this::cell).toList();
    }

    /** The ids of a page of people, and one more if there is one. */
    List<String> people(Snapshot snapshot, PeopleQuestion people) {
        var conditions = new ArrayList<SqlFragment>();
        conditions.add(sql("cohort = {}", number(people.cohort())));
        conditions.add(sql("period = {}", number(people.period())));
        people.value().ifPresent(value -> conditions.add(sql("v = {}", events.value(value))));
        if (people.withoutValue()) {
            conditions.add(sql("v is null"));
        }
        people.page().after().ifPresent(last -> conditions.add(sql("p > {}", SqlFragment.text(last))));
        return snapshot
                .rows(sql(
                        """
                        with {}
                        select p
                        from visit
                        where {}
                        group by p
                        order by p
                        limit {}\
                        """,
                        visits(),
                        SqlFragment.joined("\nand ", conditions),
                        number(people.page().first() + 1)))
                .stream()
                .map(row -> (String) Objects.requireNonNull(row.getFirst()))
                .toList();
    }

    /**
     * Relation {@code visit} for a {@code with} clause: the person, the cohort, and the period in which the person came;
     * once {@link #ALL}, for the person as such.
     */
    private SqlFragment visits() {
        var isStart = sql("f and m is null");
        var values = events.property().isPresent()
                ? sql(", (array_agg(v order by t, i) filter (where {}))[1] as v", isStart)
                : sql("");
        var gathered = events.property().isPresent()
                ? sql(", array_agg(v order by u) filter (where began) as traits")
                : sql("");
        return sql(
                """
                event as (
                {}),
                seen as (
                select *, min(case when f then t end) over before as m
                from event
                window before as (partition by h, p, u order by t, i, f rows between unbounded preceding and 1 preceding)),
                unit as (
                select h, p, u, bool_or(f) as began, bool_or(r) as came, bool_or(r and m is not null) as again{}
                from seen
                group by h, p, u),
                person as (
                select p, array_agg(u) filter (where came) as visits, array_agg(u order by u) filter (where began) as cohorts,
                  array_agg(again order by u) filter (where began) as agains{}
                from unit
                group by h, p
                having bool_or(began)),
                cohort as (
                {}),
                visit as (
                select p, cohort, coalesce({}, -1) as period{}
                from cohort, unnest(array_append(visits, null)) as visit
                where (visit is null or visit > cohort or (visit = cohort and again)){})\
                """,
                events.union(),
                values,
                gathered,
                question.isRecurring() ? everyCohort() : firstCohort(),
                period(),
                ifDivided("v"),
                withinBrackets());
    }

    private SqlFragment firstCohort() {
        return sql(
                "select p, visits, cohorts[1] as cohort, agains[1] as again{}\nfrom person",
                ifDivided("traits[1] as v"));
    }

    private SqlFragment everyCohort() {
        return sql(
                "select p, visits, cohort, again{}\nfrom person, unnest(cohorts, agains{}) as each (cohort, again{})",
                ifDivided("v"),
                ifDivided("traits"),
                ifDivided("v"));
    }

    private SqlFragment period() {
        return question.brackets().isEmpty()
                ? sql("visit - cohort")
                : sql("width_bucket((visit - cohort)::bigint, {}) - 1", brackets());
    }

    private SqlFragment withinBrackets() {
        return question.brackets().isEmpty()
                ? sql("")
                : sql(
                        "\nand (visit is null or (visit - cohort >= {} and visit - cohort < {}))",
                        number(question.brackets().getFirst()),
                        number(question.brackets().getLast()));
    }

    private SqlFragment brackets() {
        return SqlFragment.value(new Parameter(
                ColumnType.LONG,
                question.brackets().stream().map(Integer::longValue).toList()));
    }

    /** More of a list, where a property divides people. */
    private SqlFragment ifDivided(@CompileTimeConstant String column) {
        return events.property().isPresent() ? sql(", {}", sql(column)) : sql("");
    }

    private Cell cell(List<@Nullable Object> row) {
        var cohort = Math.toIntExact((Long) Objects.requireNonNull(row.get(0)));
        var period = Math.toIntExact((Long) Objects.requireNonNull(row.get(1)));
        var count = (Long) Objects.requireNonNull(row.get(2));
        return new Cell(cohort, row.size() > 3 ? row.get(3) : null, period, count);
    }
}

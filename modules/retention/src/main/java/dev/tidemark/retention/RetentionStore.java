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
import java.util.Optional;
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
        var people = question.brackets().isEmpty() ? sql("count(*)") : sql("count(distinct first)");
        var value = ifDivided("v");
        var cells =
                snapshot.rows(sql("""
            with {}
            select cohort, period, {}{}
            from visit
            group by cohort, period{}
            order by cohort{}, period
            limit {}\
            """, visits(Optional.empty()), people, value, value, value, number(MOST_CELLS + 1)));
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
        return snapshot
                .rows(sql(
                        """
                        with {}
                        select p
                        from start
                        where first in (
                        select first
                        from visit
                        where {})
                        order by p
                        limit {}\
                        """,
                        visits(people.page().after()),
                        SqlFragment.joined("\nand ", conditions),
                        number(people.page().first() + 1)))
                .stream()
                .map(row -> (String) Objects.requireNonNull(row.getFirst()))
                .toList();
    }

    /**
     * Relations for a {@code with} clause: {@code start}, the people of cohorts, whom the id of their {@code first} event
     * stands for; {@code visit}, that id, the cohort, and the period in which the person came; once {@link #ALL}, for the
     * person as such.
     *
     * @param after only people beyond that one
     */
    private SqlFragment visits(Optional<String> after) {
        var value = ifDivided("v");
        var each = question.isRecurring() ? sql("h, p, u") : sql("h, p");
        return sql(
                """
                started as (
                {}),
                returned as (
                {}),
                start as (
                select distinct on ({}) h, p, u as cohort, t as s, i as first{}
                from started
                order by {}, t, i),
                came as (
                {}),
                visit as (
                select first, cohort, {} as period{}
                from came{}
                union all
                select first, cohort, -1{}
                from start)\
                """,
                events.ofFirst(after),
                events.ofReturning(after),
                each,
                value,
                each,
                question.isRecurring() ? ofEveryCohort() : ofTheCohort(),
                period(),
                value,
                withinBrackets(),
                value);
    }

    /** The units in which people came back, each once. */
    private SqlFragment ofTheCohort() {
        return sql("""
            select first, cohort, u{}
            from start
            join returned using (p)
            where (t, i) > (s, first)
            group by first, cohort, u{}\
            """, ifDivided("v"), ifDivided("v"));
    }

    private SqlFragment ofEveryCohort() {
        var value = ifDivided("v");
        return sql("""
                select first, cohort, u{}
                from start
                join (select distinct p, u from returned) as unit using (p)
                where u > cohort
                union all
                select first, cohort, u{}
                from start
                join returned using (p)
                where u = cohort and (t, i) > (s, first)
                group by first, cohort, u{}\
                """, value, value, value);
    }

    private SqlFragment period() {
        return question.brackets().isEmpty()
                ? sql("u - cohort")
                : sql("width_bucket((u - cohort)::bigint, {}) - 1", brackets());
    }

    private SqlFragment withinBrackets() {
        return question.brackets().isEmpty()
                ? sql("")
                : sql(
                        "\nwhere u - cohort >= {} and u - cohort < {}",
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

package dev.tidemark.funnels;

import static dev.tidemark.spi.SqlFragment.joined;
import static dev.tidemark.spi.SqlFragment.name;
import static dev.tidemark.spi.SqlFragment.number;
import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlFragment.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds the matches among the events; see the package. Beside the events' columns there are {@code c}, the start of the match
 * that ends here, {@code reached}, the step that the person reaches here (of all steps but the last: for the first time), and
 * when times are measured {@code b}, the time of the event before, {@code since} and {@code wait}, the seconds since step 1 and
 * since the step before.
 */
final class MatchesSql {

    private final FunnelQuestion question;
    private final EventsSql events;
    private final List<SqlFragment> values;
    private final int steps;

    MatchesSql(FunnelQuestion question, EventsSql events) {
        this.question = question;
        this.events = events;
        this.steps = question.steps().size();
        this.values = Stream.of(
                        question.breakdown()
                                .flatMap(FunnelQuestion.Breakdown::property)
                                .map(property -> sql("v1")),
                        question.breakdown()
                                .flatMap(FunnelQuestion.Breakdown::bucket)
                                .map(bucket -> sql("v2")))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The columns of the breakdown. */
    List<SqlFragment> values() {
        return values;
    }

    /**
     * Relation {@code people} for a {@code with} clause: {@code p}, the breakdown's columns, {@code depth}, the last step
     * reached, and when times are measured {@code since2}, {@code wait2} ….
     *
     * @param after only those beyond that one
     */
    SqlFragment people(Optional<String> after) {
        var relations = new ArrayList<SqlFragment>();
        relations.add(sql("event as (\n{})", events.union(after)));
        relations.addAll(question.countsEveryStart() ? everyStart() : List.of(sql("match0 as (\n{})", firstStart())));
        if (excludes()) {
            relations.add(sql("""
                placed as (
                select *, row_number() over (partition by {} order by t, i) as n
                from match0)\
                """, joined(", ", keys())));
        }
        for (int step = 1; step <= steps; step++) {
            if (looksBack(step)) {
                relations.add(seen(step));
            }
            relations.add(match(step));
        }
        relations.add(byPerson());
        return joined(",\n", relations);
    }

    private SqlFragment firstStart() {
        return sql(
                "select {}, case when s1 then t end as c, {}\nfrom event",
                joined(", ", columns(2, 1)),
                joined(", ", nothingYet()));
    }

    /** Each person once for each value that starts a match, with the events that can belong to it. */
    private List<SqlFragment> everyStart() {
        var person = person();
        var same = joined(
                "",
                values.stream()
                        .map(value -> sql(" and event.{} is not distinct from start.{}", value, value))
                        .toList());
        var columns = columns(2, 1).stream()
                .map(column -> values.contains(column) ? sql("start.{}", column) : sql("event.{}", column))
                .toList();
        var window = question.window().isPresent() ? sql(" and event.t < latest + {}", window()) : sql("");
        return List.of(
                sql("""
                    start as (
                    select {}, min(t) as earliest, max(t) as latest
                    from event
                    where s1
                    group by {})\
                    """, joined(", ", keys()), joined(", ", keys())),
                sql(
                        """
                        match0 as (
                        select {}, case when s1{} then t end as c, {}
                        from event join start on {}
                        where event.t >= earliest{})\
                        """,
                        joined(", ", columns),
                        same,
                        joined(", ", nothingYet()),
                        joined(
                                " and ",
                                person.stream()
                                        .map(key -> sql("event.{} = start.{}", key, key))
                                        .toList()),
                        window));
    }

    /** What came before each event: {@code m}, the latest start of a match that reached the step. */
    private SqlFragment seen(int step) {
        var seen = new ArrayList<SqlFragment>();
        seen.add(sql("max(c) over before as m"));
        if (question.excludesAfter(step)) {
            seen.add(sql("max(case when c is not null then n end) over before as ended"));
            seen.add(sql("max(case when {} then n end) over before as broken", name("x" + step)));
        }
        if (question.isMeasured()) {
            seen.add(sql("max(case when c is not null then t end) over before as d"));
        }
        return sql("""
                {} as (
                select *, {}
                from {}
                window before as (partition by {} order by t, i rows between unbounded preceding and 1 preceding))\
                """, name("seen" + step), joined(", ", seen), before(step), joined(", ", keys()));
    }

    /** Not after the last step, unless it counts which of a person's matches reached it first. */
    private boolean looksBack(int step) {
        return step < steps || question.isMeasured();
    }

    private SqlFragment before(int step) {
        return step == 1 && excludes() ? sql("placed") : name("match" + (step - 1));
    }

    private SqlFragment match(int step) {
        var columns = new ArrayList<>(columns(step + 2, step + 1));
        if (excludes()) {
            columns.add(sql("n"));
        }
        var isFirst = looksBack(step) ? sql("c is not null and m is null") : sql("c is not null");
        columns.add(sql("case when {} then {}::integer else reached end as reached", isFirst, number(step)));
        if (question.isMeasured()) {
            columns.add(sql(
                    "case when {} then extract(epoch from t - c)::double precision else since end as since", isFirst));
            columns.add(sql(
                    "case when {} then extract(epoch from t - b)::double precision else wait end as wait", isFirst));
            columns.add(sql("d as b"));
        }
        if (step < steps) {
            columns.add(sql("case when {} and {}{} then m end as c", name("s" + (step + 1)), isOpen(), unbroken(step)));
        }
        return sql(
                """
                {} as (
                select {}
                from {}
                where reached is not null or ({}){})\
                """,
                name("match" + step),
                joined(", ", columns),
                looksBack(step) ? name("seen" + step) : before(step),
                isFirst,
                step < steps ? sql(" or ({} and ({}))", isOpen(), joined(" or ", flags(step + 1, step + 1))) : sql(""));
    }

    private SqlFragment byPerson() {
        var columns = new ArrayList<SqlFragment>();
        columns.add(sql("p"));
        columns.add(sql("max(reached) as depth"));
        for (var value : values) {
            columns.add(
                    question.countsEveryStart()
                            ? value
                            : sql("(array_agg({} order by t, i) filter (where reached = 1))[1] as {}", value, value));
        }
        for (int step = 2; question.isMeasured() && step <= steps; step++) {
            columns.add(sql("min(since) filter (where reached = {}) as {}", number(step), name("since" + step)));
            columns.add(sql("min(wait) filter (where reached = {}) as {}", number(step), name("wait" + step)));
        }
        var grouping = Stream.concat(
                Stream.of(sql("h"), sql("p")), question.countsEveryStart() ? values.stream() : Stream.empty());
        return sql("""
            people as (
            select {}
            from {}
            group by {})\
            """, joined(", ", columns), name("match" + steps), joined(", ", grouping.toList()));
    }

    /** Whether a match that began at {@code m} can go on here. */
    private SqlFragment isOpen() {
        return question.window().isPresent() ? sql("t < m + {}", window()) : sql("m is not null");
    }

    private SqlFragment unbroken(int step) {
        return question.excludesAfter(step) ? sql(" and (broken is null or ended >= broken)") : sql("");
    }

    private SqlFragment window() {
        var seconds = question.window().orElseThrow().toNanos() / 1e9;
        return sql("make_interval(secs => {})", SqlFragment.value(new Parameter(ColumnType.DOUBLE, seconds)));
    }

    private boolean excludes() {
        return IntStream.range(1, steps).anyMatch(question::excludesAfter);
    }

    private List<SqlFragment> nothingYet() {
        return question.isMeasured()
                ? List.of(
                        sql("null::timestamptz as b"),
                        sql("null::double precision as since"),
                        sql("null::double precision as wait"),
                        sql("null::integer as reached"))
                : List.of(sql("null::integer as reached"));
    }

    private List<SqlFragment> columns(int firstStep, int firstExclusion) {
        return Stream.of(
                        person().stream(),
                        values.stream(),
                        Stream.of(sql("t"), sql("i")),
                        flags(firstStep, firstExclusion).stream())
                .flatMap(part -> part)
                .toList();
    }

    /** The events' columns from these steps on. */
    private List<SqlFragment> flags(int firstStep, int firstExclusion) {
        var fits = IntStream.rangeClosed(firstStep, steps).mapToObj(step -> name("s" + step));
        var breaks = IntStream.range(firstExclusion, steps)
                .filter(question::excludesAfter)
                .mapToObj(step -> name("x" + step));
        return Stream.concat(fits, breaks).toList();
    }

    /** Whose events make a match. */
    private List<SqlFragment> person() {
        return question.holding().isPresent() ? List.of(sql("h"), sql("p"), sql("held")) : List.of(sql("h"), sql("p"));
    }

    private List<SqlFragment> keys() {
        return question.countsEveryStart()
                ? Stream.concat(person().stream(), values.stream()).toList()
                : person();
    }
}

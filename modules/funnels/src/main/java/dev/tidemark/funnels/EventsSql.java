package dev.tidemark.funnels;

import static dev.tidemark.spi.SqlFragment.joined;
import static dev.tidemark.spi.SqlFragment.name;
import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.SqlColumn;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlFragment.Parameter;
import dev.tidemark.spi.SqlRelation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The events that can take part in a funnel, each once, whichever steps it fits.
 *
 * <p>Columns: {@code h} and {@code p}, the person; {@code held}, if a property is held; {@code v1} and {@code v2}, the
 * property and the bucket of a breakdown, if there are; {@code t} and {@code i}, the order; {@code s1} …, whether it is
 * an event of that step; {@code x1} …, whether it must not come after that step, where something must not.
 */
final class EventsSql {

    private final FunnelQuestion question;
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final Source first;

    /** @throws CallerException with the path of the step, exclusion or property at fault */
    EventsSql(Questions questions, Project project, FunnelQuestion question) {
        this.question = question;
        for (int i = 0; i < question.steps().size(); i++) {
            var step = question.steps().get(i);
            var source = source(questions, project, step.collection(), "steps", i);
            source.steps.put(i + 1, source.condition(step.filter(), "steps", i));
        }
        this.first = sources.values().iterator().next();
        for (int i = 0; i < question.exclusions().size(); i++) {
            var exclusion = question.exclusions().get(i);
            var source = source(questions, project, exclusion.collection(), "exclusions", i);
            source.exclusions
                    .computeIfAbsent(exclusion.after(), after -> new ArrayList<>())
                    .add(source.condition(exclusion.filter(), "exclusions", i));
        }
        requireOneTypeHeld();
    }

    /** What one collection is to the funnel. */
    private record Source(
            SqlRelation relation, Map<Integer, SqlFragment> steps, Map<Integer, List<SqlFragment>> exclusions) {

        SqlFragment condition(Filter filter, String list, int place) {
            try {
                return sql("({}) is true", relation.condition(filter));
            } catch (CallerException e) {
                throw e.within(list, Integer.toString(place));
            }
        }

        SqlFragment expression(String column) {
            return relation.named(column).expression();
        }
    }

    private Source source(Questions questions, Project project, String collection, String list, int place) {
        try {
            var relation = questions.sqlRelation(project, List.of(collection));
            return sources.computeIfAbsent(
                    relation.table().text(),
                    table -> new Source(relation, new LinkedHashMap<>(), new LinkedHashMap<>()));
        } catch (CallerException e) {
            throw e.within(list, Integer.toString(place));
        }
    }

    /** @param after only of people beyond that one */
    SqlFragment union(Optional<String> after) {
        return joined(
                """

                            union all
            """,
                sources.values().stream().map(source -> select(source, after)).toList());
    }

    /** The property of the breakdown, of the event of step 1. */
    Optional<SqlColumn> property() {
        return question.breakdown()
                .flatMap(FunnelQuestion.Breakdown::property)
                .map(property -> scalar(first, property, "breakdown", "property"));
    }

    /** A value of that property. */
    SqlFragment value(Object value) {
        return first.relation.value(property().orElseThrow(), value, "value");
    }

    private SqlFragment select(Source source, Optional<String> after) {
        var conditions = new ArrayList<SqlFragment>();
        var person = source.relation.named(EventCollection.PERSON);
        conditions.add(sql("{} is not null", person.expression()));
        after.ifPresent(last -> conditions.add(sql("{} > {}", person.ordered(), SqlFragment.text(last))));
        held(source).ifPresent(held -> conditions.add(sql("{} is not null", held.expression())));
        question.from().ifPresent(from -> conditions.add(sql("{} >= {}", time(source), instant(from))));
        question.to().ifPresent(to -> conditions.add(sql("{} < {}", time(source), instant(to))));
        if (!question.isStrict() || source.steps.isEmpty()) {
            conditions.add(sql("({})", joined(" or ", taking(source).toList())));
        }
        return sql("""
            select {}
            from {}
            where {}\
            """, joined(", ", columns(source)), source.relation.table(), joined("\nand ", conditions));
    }

    private List<SqlFragment> columns(Source source) {
        var columns = new ArrayList<SqlFragment>();
        var person = source.relation.named(EventCollection.PERSON);
        // numbers are sorted much quicker than names; the name decides where two have the same number
        columns.add(sql("hashtextextended({}, 0) as h", person.expression()));
        columns.add(sql("{} as p", person.ordered()));
        held(source).ifPresent(held -> columns.add(sql("{} as held", held.ordered())));
        property()
                .ifPresent(property -> columns.add(sql(
                        "{} as v1",
                        source.steps.containsKey(1)
                                ? property.ordered()
                                : sql("null::{}", SqlFragment.type(property.type())))));
        question.breakdown().flatMap(FunnelQuestion.Breakdown::bucket).ifPresent(bucket -> columns.add(bucket(source)));
        columns.add(sql("{} as t", time(source)));
        columns.add(sql("{} as i", source.expression(EventCollection.ID)));
        for (int step = 1; step <= question.steps().size(); step++) {
            columns.add(sql("{} as {}", source.steps.getOrDefault(step, sql("false")), name("s" + step)));
            if (question.excludesAfter(step)) {
                columns.add(sql("{} as {}", excluded(source, step), name("x" + step)));
            }
        }
        return columns;
    }

    private SqlFragment excluded(Source source, int step) {
        if (question.isStrict() && !source.steps.isEmpty()) {
            return sql("true");
        }
        var excluded = source.exclusions.getOrDefault(step, List.of());
        return excluded.isEmpty() ? sql("false") : joined(" or ", excluded);
    }

    private SqlFragment bucket(Source source) {
        var breakdown = question.breakdown().orElseThrow();
        var local = SqlFragment.local(time(source), breakdown.zone());
        return switch (breakdown.bucket().orElseThrow()) {
            case DAY -> sql("{}::date as v2", local);
            case WEEK -> sql("date_trunc('week', {})::date as v2", local);
            case MONTH -> sql("date_trunc('month', {})::date as v2", local);
        };
    }

    private static Stream<SqlFragment> taking(Source source) {
        return Stream.concat(
                source.steps.values().stream(),
                source.exclusions.values().stream().flatMap(List::stream));
    }

    private Optional<SqlColumn> held(Source source) {
        return question.holding().map(property -> scalar(source, property, "holding"));
    }

    private void requireOneTypeHeld() {
        var types = sources.values().stream()
                .flatMap(source -> held(source).stream())
                .map(SqlColumn::type)
                .distinct()
                .map(ColumnType::name)
                .toList();
        if (types.size() > 1) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT,
                    "The property held has one type in all collections of the funnel, not "
                            + String.join(" and ", types) + ".",
                    "holding");
        }
    }

    private static SqlColumn scalar(Source source, String property, String... path) {
        var column = source.relation.named(property, path);
        if (!column.isScalar()) {
            throw column.cannotBe("compared for equality", "use a property with a single value", path);
        }
        return column;
    }

    private static SqlFragment time(Source source) {
        return source.expression(EventCollection.TIME);
    }

    private static SqlFragment instant(Instant instant) {
        return SqlFragment.value(new Parameter(ColumnType.TIMESTAMP, instant));
    }
}

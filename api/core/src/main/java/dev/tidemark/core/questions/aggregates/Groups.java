package dev.tidemark.core.questions.aggregates;

import static dev.tidemark.spi.SqlFragment.joined;
import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.core.questions.sql.Fence;
import dev.tidemark.core.questions.sql.FilterSql;
import dev.tidemark.core.questions.sql.GroupingSql;
import dev.tidemark.core.questions.sql.MeasureSql;
import dev.tidemark.core.questions.sql.Output;
import dev.tidemark.core.questions.sql.Select;
import dev.tidemark.core.questions.sql.SqlColumns;
import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Grouping;
import dev.tidemark.spi.Measure;
import dev.tidemark.spi.Snapshot;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlFragment.Parameter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that pass the conditions, in groups, with the measures of each.
 *
 * <p>That is one statement: its inner part groups the rows, its outer part makes measures of their numbers. Each {@link
 * Gathered} takes one more, and so do the rows that are in none of the groups listed: where only some of the groups are meant, they are
 * found by a key, the values of the groupings as a JSON array, which has no nulls and can be hashed.
 */
public final class Groups {

    /** More than that nobody reads at once. */
    public static final int MOST = 10_000;

    /** A grouping that puts every row into one group. */
    private static final Output ANY = Output.of("any", sql("true"), false);

    private final SqlColumns columns;
    private final SqlFragment table;
    private final List<SqlFragment> conditions;
    private final List<Output> groupings;
    private final List<Measure> measures;
    private final boolean keyed;
    private final MeasureColumns computed;
    private final List<Output> outputs;

    /** @param keyed whether groups have to be found again */
    Groups(
            SqlColumns columns,
            SqlFragment table,
            List<SqlFragment> conditions,
            List<Output> groupings,
            List<Measure> measures,
            boolean keyed) {
        this.columns = columns;
        this.table = table;
        this.conditions = conditions;
        this.groupings = groupings;
        this.measures = measures;
        this.keyed = keyed;
        this.computed = new MeasureColumns(columns);
        var names = names();
        var groups =
                IntStream.range(0, names.size()).mapToObj(i -> groupings.get(i).as(names.get(i)));
        var numbers = measures.stream()
                .filter(measure -> Gathered.of(measure).isEmpty())
                .map(computed::add);
        this.outputs = Stream.concat(groups, numbers).toList();
    }

    static Groups of(SqlFragment table, SqlColumns columns, Aggregate question) {
        var keys = new GroupingSql(columns);
        var fence = new Fence(table, "_g");
        var groupings = question.groupings().stream()
                .map(grouping ->
                        grouping instanceof Grouping.ByColumn ? keys.of(grouping) : fence.within(keys.of(grouping)))
                .toList();
        return new Groups(
                columns,
                fence.table(),
                new FilterSql(columns, "where").conditions(question.filter()),
                groupings,
                question.measures(),
                question.rest()
                        || question.earlier().isPresent()
                        || question.measures().stream()
                                .anyMatch(measure -> Gathered.of(measure).isPresent()));
    }

    /** @param values of the groupings, then of the measures */
    record Group(String key, List<@Nullable Object> values) {}

    /** The groupings, then all measures but those gathered, as the statement's outer part computes them. */
    List<Output> outputs() {
        return outputs;
    }

    SqlColumns columns() {
        return columns;
    }

    SqlFragment table() {
        return table;
    }

    List<SqlFragment> conditions() {
        return conditions;
    }

    List<Output> groupings() {
        return groupings;
    }

    boolean areEstimated() {
        return !computed.estimates().isEmpty();
    }

    /**
     * @param having conditions on the outputs
     * @param order by the outputs
     */
    List<Group> read(Snapshot snapshot, List<SqlFragment> having, List<SqlFragment> order, int most) {
        var limit = Math.min(most, MOST + 1);
        var rows =
                snapshot.rows(select().where(having).orderBy(order).limit(limit).toSql());
        if (rows.size() > MOST) {
            throw new CallerException(
                    ErrorCode.QUERY_TOO_COMPLEX,
                    "There are more than " + MOST + " groups: add first, or filter or group more coarsely.",
                    "groupBy");
        }
        var areAll = having.isEmpty() && rows.size() < limit;
        var gathered =
                gathered(snapshot, new Listed(rows.stream().map(this::key).toList(), areAll));
        return rows.stream()
                .map(row -> new Group(key(row), values(row, gathered)))
                .toList();
    }

    /** The numbers of all rows that are in none of the groups, as one more row; empty when there are none. */
    Optional<List<@Nullable Object>> rest(Snapshot snapshot, List<Group> listed) {
        var key = keyOf(groupings.stream().map(Output::sql).toList());
        var others = narrowed(List.of(ANY), sql("{} not in (select k::jsonb from unnest({}) as k)", key, keys(listed)));
        return others.read(snapshot, List.of(), List.of(), 1).stream()
                .findFirst()
                .map(group -> {
                    var values = new ArrayList<@Nullable Object>(Collections.nCopies(groupings.size(), null));
                    values.addAll(group.values().subList(1, group.values().size()));
                    return values;
                });
    }

    /** Only the groups that agree with one of those listed in the groupings at these places. */
    Groups among(List<Group> listed, List<Integer> places) {
        var key = keyOf(places.stream().map(place -> groupings.get(place).sql()).toList());
        var part = keyOf(places.stream()
                .map(place -> sql("k::jsonb -> {}::integer", SqlFragment.number(place)))
                .toList());
        return narrowed(groupings, sql("{} in (select {} from unnest({}) as k)", key, part, keys(listed)));
    }

    private Groups narrowed(List<Output> others, SqlFragment condition) {
        return new Groups(columns, table, with(List.of(condition)), others, measures, keyed);
    }

    private static SqlFragment keys(List<Group> groups) {
        return SqlFragment.value(
                new Parameter(ColumnType.TEXT, groups.stream().map(Group::key).toList()));
    }

    /** The conditions and more. */
    List<SqlFragment> with(List<SqlFragment> more) {
        return MeasureSql.with(conditions, more);
    }

    /** The groupings' names within the statement. */
    List<SqlFragment> names() {
        return IntStream.range(0, groupings.size())
                .mapToObj(i -> SqlFragment.name("g" + i))
                .toList();
    }

    /** The groupings, named. */
    List<SqlFragment> named() {
        var names = names();
        return IntStream.range(0, names.size())
                .mapToObj(i -> sql("{} as {}", groupings.get(i).sql(), names.get(i)))
                .toList();
    }

    /** What PostgreSQL takes for one value is one: numbers of any scale, and zero of either sign. */
    static List<@Nullable Object> comparable(List<@Nullable Object> group) {
        var values = new ArrayList<@Nullable Object>(group);
        values.replaceAll(value -> switch (value) {
            case null -> null;
            case BigDecimal number -> number.stripTrailingZeros();
            case Double number -> number + 0.0;
            default -> value;
        });
        return values;
    }

    static SqlFragment keyOf(List<SqlFragment> groupings) {
        return sql("jsonb_build_array({})", joined(", ", groupings));
    }

    private Select select() {
        var joins = computed.estimates().stream().map(estimate -> estimate.join(this));
        var from = Stream.concat(Stream.of(sql("({}) as groups", grouped().toSql())), joins)
                .toList();
        var select = Select.from(joined("\n", from))
                .columns(outputs.stream().map(Output::sql).toList());
        return keyed ? select.columns(List.of(sql("{}::text", keyOf(names())))) : select;
    }

    private Select grouped() {
        var aggregates = computed.aggregates();
        var select = Select.from(table).columns(named()).columns(aggregates).where(conditions);
        if (!groupings.isEmpty()) {
            return select.groupedByFirst(groupings.size());
        }
        return aggregates.isEmpty() ? select.groupedAsOne() : select;
    }

    private String key(List<@Nullable Object> row) {
        return keyed && row.getLast() instanceof String key ? key : "";
    }

    private Map<Measure, Map<List<@Nullable Object>, @Nullable Object>> gathered(Snapshot snapshot, Listed listed) {
        var all = new HashMap<Measure, Map<List<@Nullable Object>, @Nullable Object>>();
        for (var measure : measures) {
            Gathered.of(measure).ifPresent(gathered -> all.put(measure, gathered.read(this, snapshot, listed)));
        }
        return all;
    }

    private List<@Nullable Object> values(
            List<@Nullable Object> row, Map<Measure, Map<List<@Nullable Object>, @Nullable Object>> gathered) {
        var group = comparable(row.subList(0, groupings.size()));
        var values = new ArrayList<@Nullable Object>();
        int next = 0;
        for (; next < groupings.size(); next++) {
            values.add(outputs.get(next).decoded(row.get(next)));
        }
        for (var measure : measures) {
            var byGroup = gathered.get(measure);
            if (byGroup != null) {
                values.add(byGroup.containsKey(group) ? byGroup.get(group) : MeasureSql.ofNothing(measure));
            } else {
                values.add(outputs.get(next).decoded(row.get(next)));
                next++;
            }
        }
        return values;
    }
}

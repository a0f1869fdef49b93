package dev.tidemark.core.questions;

import static dev.tidemark.core.questions.SqlFragment.joined;
import static dev.tidemark.core.questions.SqlFragment.sql;

import dev.tidemark.core.questions.QuestionStore.Snapshot;
import dev.tidemark.spi.Answer.Top;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Measure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that pass the conditions, in groups, with the measures of each.
 *
 * <p>That is one statement. Each top takes one more, and so do the rows that are in none of the groups listed: those find
 * the groups by a key, the values of the groupings as a JSON array, which has no nulls and can be hashed.
 *
 * @param keyed whether groups have to be found again
 */
record Groups(
        SqlColumns columns,
        SqlFragment table,
        List<SqlFragment> conditions,
        List<Output> groupings,
        List<Measure> measures,
        boolean keyed) {

    /** @param values of the groupings, then of the measures */
    record Group(String key, List<@Nullable Object> values) {}

    /** The outputs of the statement: the groupings, then all measures but tops. */
    List<Output> outputs() {
        var aggregates = new MeasureSql(columns);
        var numbers = measures.stream()
                .filter(measure -> !(measure instanceof Measure.Top))
                .map(aggregates::of);
        return Stream.concat(groupings.stream(), numbers).toList();
    }

    List<Group> read(Snapshot snapshot, List<SqlFragment> having, List<SqlFragment> order, int limit) {
        var select = select().having(having).orderBy(order).limit(limit).toSql();
        var rows = snapshot.rows(keyed ? withKey(select) : select);
        var tops = tops(snapshot, rows.stream().map(this::key).toList());
        var outputs = outputs();
        return rows.stream()
                .map(row -> new Group(key(row), values(outputs, row, tops)))
                .toList();
    }

    /** The rows that are in none of the groups, as one group. */
    Groups without(List<Group> groups) {
        var keys = groups.stream().map(Group::key).toList();
        var key = keyOf(groupings.stream().map(Output::sql).toList());
        var other = sql("{} not in {}", key, keys(keys));
        return new Groups(columns, table, with(other), List.of(), measures, keyed);
    }

    /** The conditions and one more. */
    List<SqlFragment> with(SqlFragment condition) {
        return Stream.concat(conditions.stream(), Stream.of(condition)).toList();
    }

    /** Names for the groupings where the statement is read by another. */
    List<SqlFragment> names() {
        return IntStream.range(0, groupings.size())
                .mapToObj(i -> SqlFragment.name("g" + i))
                .toList();
    }

    static SqlFragment keyOf(List<SqlFragment> groupings) {
        return sql("jsonb_build_array({})", joined(", ", groupings));
    }

    static SqlFragment keys(List<String> keys) {
        return sql("(select k::jsonb from unnest({}) as k)", SqlFragment.value(new Parameter(ColumnType.TEXT, keys)));
    }

    private Select select() {
        var outputs = outputs();
        var select = Select.from(table)
                .columns(outputs.stream().map(Output::sql).toList())
                .where(conditions);
        if (!groupings.isEmpty()) {
            return select.groupedByFirst(groupings.size());
        }
        return outputs.isEmpty() ? select.groupedAsOne() : select;
    }

    private SqlFragment withKey(SqlFragment select) {
        var alias = groupings.isEmpty() ? sql("answer") : sql("answer ({})", joined(", ", names()));
        return sql("select answer.*, {}::text\nfrom ({}) as {}", keyOf(names()), select, alias);
    }

    private String key(List<@Nullable Object> row) {
        return keyed && row.getLast() instanceof String key ? key : "";
    }

    private Map<Measure, Map<String, List<Top>>> tops(Snapshot snapshot, List<String> keys) {
        var tops = new HashMap<Measure, Map<String, List<Top>>>();
        for (var measure : measures) {
            if (measure instanceof Measure.Top top) {
                tops.put(top, new TopValues(this, top).read(snapshot, keys));
            }
        }
        return tops;
    }

    private List<@Nullable Object> values(
            List<Output> outputs, List<@Nullable Object> row, Map<Measure, Map<String, List<Top>>> tops) {
        var values = new ArrayList<@Nullable Object>();
        int next = 0;
        for (; next < groupings.size(); next++) {
            values.add(outputs.get(next).decoded(row.get(next)));
        }
        for (var measure : measures) {
            var top = tops.get(measure);
            if (top != null) {
                values.add(top.getOrDefault(key(row), List.of()));
            } else {
                values.add(outputs.get(next).decoded(row.get(next)));
                next++;
            }
        }
        return values;
    }
}

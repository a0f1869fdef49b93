package dev.tidemark.core.questions;

import static dev.tidemark.core.questions.SqlFragment.joined;
import static dev.tidemark.core.questions.SqlFragment.sql;

import dev.tidemark.core.questions.QuestionStore.Snapshot;
import dev.tidemark.spi.Answer.Top;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Measure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** The most frequent values of a column in each group. */
record TopValues(Groups groups, Measure.Top top) {

    private static final int MOST = 100_000;

    Map<String, List<Top>> read(Snapshot snapshot, List<String> keys) {
        if ((long) keys.size() * top.n() > MOST) {
            throw new CallerException(
                    ErrorCode.QUERY_TOO_COMPLEX,
                    "A top of %d in %d groups is more than %d values: add first.".formatted(top.n(), keys.size(), MOST),
                    "measures");
        }
        var tops = new HashMap<String, List<Top>>();
        for (var row : snapshot.rows(select(keys))) {
            var key = (String) Objects.requireNonNull(row.get(0));
            var value = Objects.requireNonNull(row.get(1));
            var count = (Long) Objects.requireNonNull(row.get(2));
            tops.computeIfAbsent(key, added -> new ArrayList<>()).add(new Top(value, count));
        }
        return tops;
    }

    /** Groups by the values themselves, which is quick, and makes keys of the few that are left. */
    private SqlFragment select(List<String> keys) {
        var column = new MeasureSql(groups.columns()).of(top);
        var names = groups.names();
        var counted = Select.from(groups.table())
                .columns(named(names))
                .columns(List.of(sql("{} as value", column.ordered()), sql("count(*) as count")))
                .where(groups.with(sql("{} is not null", column.expression())))
                .groupedByFirst(names.size() + 1);
        var ranked = Select.from(sql("({}) as counted", counted.toSql()))
                .columns(List.of(
                        sql("{} as key", Groups.keyOf(names)),
                        sql("value"),
                        sql("count"),
                        sql(
                                "row_number() over ({} order by count desc, value) as place",
                                names.isEmpty() ? sql("") : sql("partition by {}", joined(", ", names)))));
        return Select.from(sql("({}) as ranked", ranked.toSql()))
                .columns(List.of(sql("key::text"), sql("value"), sql("count")))
                .where(List.of(sql("place <= {}", SqlFragment.number(top.n())), sql("key in {}", Groups.keys(keys))))
                .orderBy(List.of(sql("place")))
                .toSql();
    }

    private List<SqlFragment> named(List<SqlFragment> names) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> sql("{} as {}", groups.groupings().get(i).sql(), names.get(i)))
                .toList();
    }
}

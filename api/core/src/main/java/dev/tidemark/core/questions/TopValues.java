package dev.tidemark.core.questions;

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

    private SqlFragment select(List<String> keys) {
        var column = new MeasureSql(groups.columns()).of(top);
        var counted = Select.from(groups.table())
                .columns(List.of(
                        sql("{} as key", groups.rowKey()),
                        sql("{} as value", column.ordered()),
                        sql("count(*) as count")))
                .where(groups.with(sql("{} is not null", column.expression())));
        if (!groups.groupings().isEmpty()) {
            counted = counted.where(List.of(sql("{} in {}", groups.rowKey(), Groups.keys(keys))));
        }
        return sql("""
                select key::text, value, count
                from (
                  select *, row_number() over (partition by key order by count desc, value) as place
                  from ({}) as counted
                ) as placed
                where place <= {}
                order by key, place""", counted.groupedByFirst(2).toSql(), SqlFragment.number(top.n()));
    }
}

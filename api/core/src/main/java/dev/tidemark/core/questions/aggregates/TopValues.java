package dev.tidemark.core.questions.aggregates;

import static dev.tidemark.spi.SqlFragment.joined;
import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.core.questions.sql.FilterSql;
import dev.tidemark.core.questions.sql.MeasureSql;
import dev.tidemark.core.questions.sql.Select;
import dev.tidemark.core.questions.sql.SqlColumns;
import dev.tidemark.spi.Answer.Top;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Measure;
import dev.tidemark.spi.Snapshot;
import dev.tidemark.spi.SqlColumn;
import dev.tidemark.spi.SqlFragment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The most frequent values of a column in each group.
 *
 * @param filter only the values of rows that pass
 */
record TopValues(Measure.Top top, Filter filter) implements Gathered {

    private static final int MOST = 100_000;
    private static final int MOST_VALUES = 100;

    @Override
    public Gathered where(Filter other) {
        return new TopValues(top, new Filter.And(List.of(filter, other)));
    }

    @Override
    public boolean isNumber() {
        return false;
    }

    @Override
    public Map<List<@Nullable Object>, @Nullable Object> read(Groups groups, Snapshot snapshot, Listed listed) {
        if ((long) listed.keys().size() * top.n() > MOST) {
            throw new CallerException(
                    ErrorCode.QUERY_TOO_COMPLEX,
                    "A top of %d in %d groups is more than %d values: add first."
                            .formatted(top.n(), listed.keys().size(), MOST),
                    "measures");
        }
        var groupings = groups.names().size();
        var tops = new HashMap<List<@Nullable Object>, List<Top>>();
        for (var row : snapshot.rows(select(groups, listed))) {
            var value = Objects.requireNonNull(row.get(groupings));
            var count = (Long) Objects.requireNonNull(row.get(groupings + 1));
            tops.computeIfAbsent(Groups.comparable(row.subList(0, groupings)), added -> new ArrayList<>())
                    .add(new Top(value, count));
        }
        return new HashMap<List<@Nullable Object>, @Nullable Object>(tops);
    }

    private SqlFragment select(Groups groups, Listed listed) {
        var column = column(groups.columns());
        var names = groups.names();
        var counted = Select.from(groups.table())
                .columns(groups.named())
                .columns(List.of(sql("{} as value", column.ordered()), sql("count(*) as count")))
                .where(groups.with(new FilterSql(groups.columns(), MeasureSql.PATH).conditions(filter)))
                .where(List.of(sql("{} is not null", column.expression())))
                .groupedByFirst(names.size() + 1);
        var ranked = Select.from(sql("({}) as counted", counted.toSql()))
                .columns(names)
                .columns(List.of(
                        sql("value"),
                        sql("count"),
                        sql(
                                "row_number() over ({} order by count desc, value) as place",
                                names.isEmpty() ? sql("") : sql("partition by {}", joined(", ", names)))));
        return Select.from(sql("({}) as ranked", ranked.toSql()))
                .columns(names)
                .columns(List.of(sql("value"), sql("count")))
                .where(List.of(sql("place <= {}", SqlFragment.number(top.n())), listed.has(names)))
                .orderBy(List.of(sql("place")))
                .toSql();
    }

    /** @throws CallerException when it cannot be counted by its values */
    SqlColumn column(SqlColumns columns) {
        if (top.n() < 1 || top.n() > MOST_VALUES) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT,
                    "A top has from 1 to " + MOST_VALUES + " values, not " + top.n() + ".",
                    MeasureSql.PATH,
                    "n");
        }
        return new MeasureSql(columns, List.of()).scalar(top.column());
    }
}

package dev.tidemark.core.questions;

import static dev.tidemark.spi.SqlFragment.joined;
import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Measure;
import dev.tidemark.spi.Merger;
import dev.tidemark.spi.Snapshot;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlFragment.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a module's merger makes of the rows of each group.
 *
 * @param filter only rows that pass
 */
record MergedValues(Measure.Merged merged, Filter filter) implements Gathered {

    @Override
    public Gathered where(Filter other) {
        return new MergedValues(merged, new Filter.And(List.of(filter, other)));
    }

    @Override
    public Map<String, @Nullable Object> read(Groups groups, Snapshot snapshot, List<String> keys) {
        var mergers = new HashMap<String, Merger>();
        snapshot.stream(
                select(groups, keys),
                row -> mergers.computeIfAbsent(
                                (String) Objects.requireNonNull(row.getFirst()),
                                key -> merged.merger().get())
                        .add(row.subList(1, row.size())));
        var results = new HashMap<String, @Nullable Object>();
        mergers.forEach((key, merger) -> results.put(key, merger.result()));
        return results;
    }

    private SqlFragment select(Groups groups, List<String> keys) {
        var names = IntStream.range(0, merged.values().size())
                .mapToObj(i -> SqlFragment.name("v" + i))
                .toList();
        var values = IntStream.range(0, names.size())
                .mapToObj(i -> sql("{} as {}", merged.values().get(i), names.get(i)))
                .toList();
        var valued = Select.from(groups.table())
                .columns(groups.named())
                .columns(values)
                .where(groups.with(new FilterSql(groups.columns(), MeasureSql.PATH).conditions(filter)));
        var keyed = Select.from(sql("({}) as valued", valued.toSql()))
                .columns(List.of(sql("{} as key", Groups.keyOf(groups.names())), joined(", ", names)));
        return Select.from(sql("({}) as keyed", keyed.toSql()))
                .columns(List.of(sql("key::text"), joined(", ", names)))
                .where(List.of(sql(
                        "key in (select k::jsonb from unnest({}) as k)",
                        SqlFragment.value(new Parameter(ColumnType.TEXT, keys)))))
                .toSql();
    }
}

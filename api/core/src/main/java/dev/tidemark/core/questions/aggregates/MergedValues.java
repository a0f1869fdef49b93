package dev.tidemark.core.questions.aggregates;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.core.memory.AnswerMemory;
import dev.tidemark.core.questions.sql.FilterSql;
import dev.tidemark.core.questions.sql.MeasureSql;
import dev.tidemark.core.questions.sql.Select;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Measure;
import dev.tidemark.spi.Merger;
import dev.tidemark.spi.Snapshot;
import dev.tidemark.spi.SqlFragment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
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
    public boolean isNumber() {
        return merged.isNumber();
    }

    @Override
    public Map<List<@Nullable Object>, @Nullable Object> read(Groups groups, Snapshot snapshot, Listed listed) {
        var groupings = groups.names().size();
        var mergers = new HashMap<List<@Nullable Object>, Merger>();
        var memory = AnswerMemory.current();
        var taken = new AtomicLong();
        snapshot.stream(select(groups, listed), row -> {
            var merger = mergers.computeIfAbsent(
                    Groups.comparable(row.subList(0, groupings)),
                    group -> merged.merger().get());
            var before = merger.bytes();
            merger.add(row.subList(groupings, row.size()));
            var more = merger.bytes() - before;
            memory.ifPresent(share -> share.take(more));
            taken.addAndGet(more);
        });
        var results = new HashMap<List<@Nullable Object>, @Nullable Object>();
        mergers.forEach((group, merger) -> results.put(group, merger.result()));
        memory.ifPresent(share -> share.take(-taken.get()));
        return results;
    }

    private SqlFragment select(Groups groups, Listed listed) {
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
        var rows = Select.from(sql("({}) as valued", valued.toSql()))
                .columns(groups.names())
                .where(List.of(listed.has(groups.names())));
        var others = names.subList(0, names.size() - 1);
        return merged.united()
                .map(united -> rows.columns(others)
                        .columns(List.of(united.apply(names.getLast())))
                        .groupedByFirst(groups.names().size() + others.size()))
                .orElseGet(() -> rows.columns(names))
                .toSql();
    }
}

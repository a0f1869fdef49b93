package dev.tidemark.core.questions.aggregates;

import dev.tidemark.core.questions.aggregates.Groups.Group;
import dev.tidemark.core.questions.sql.MeasureSql;
import dev.tidemark.spi.Answer.Counterparts;
import dev.tidemark.spi.Snapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what the groups of an answer were at an earlier time. */
record Comparison(EarlierTime time, Groups groups) {

    /** @param listed the groups of the answer, in its order */
    Counterparts counterparts(Snapshot snapshot, List<Group> listed, boolean hasRest) {
        var then = new HashMap<List<@Nullable Object>, Group>();
        for (var group : among(listed).read(snapshot, List.of(), List.of(), Integer.MAX_VALUE)) {
            then.put(Groups.comparable(groupings(group.values())), group);
        }
        var rows = new ArrayList<List<@Nullable Object>>();
        var found = new ArrayList<Group>();
        for (var group : listed) {
            var values = time.group(groupings(group.values()));
            var counterpart = then.get(Groups.comparable(values));
            if (counterpart == null) {
                rows.add(nothing(values));
            } else {
                rows.add(counterpart.values());
                found.add(counterpart);
            }
        }
        return new Counterparts(time.question(), rows, hasRest ? Optional.of(rest(snapshot, found)) : Optional.empty());
    }

    /** Only what may be asked for: a question for the first few of many groups has few counterparts too. */
    private Groups among(List<Group> listed) {
        return time.asked().fillGaps() ? groups : groups.among(listed, time.unmoved());
    }

    private List<@Nullable Object> rest(Snapshot snapshot, List<Group> found) {
        return groups.rest(snapshot, found)
                .orElseGet(() ->
                        nothing(Collections.nCopies(time.asked().groupings().size(), null)));
    }

    private List<@Nullable Object> nothing(List<@Nullable Object> group) {
        return MeasureSql.ofNothing(group, time.asked().measures());
    }

    private List<@Nullable Object> groupings(List<@Nullable Object> row) {
        return row.subList(0, time.asked().groupings().size());
    }
}

package dev.tidemark.core.events.planning;

import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.tidemark.core.catalog.names.Names;
import dev.tidemark.core.catalog.snapshot.Catalog;
import dev.tidemark.core.catalog.snapshot.Columns;
import dev.tidemark.core.events.admission.Admitted;
import dev.tidemark.core.events.admission.DeadLetter;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Refusal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One pass over the events of a request, by one snapshot of the catalogue. */
final class Planning {

    private static final int EXPECTED_ROWS = 1_024;

    private final Project project;
    private final Catalog catalog;
    private final LoadingCache<Columns, Layout> layouts;
    private final Wishes wishes;
    private final Origin origin;
    private final Set<String> added;
    private final Map<String, Optional<RowWriter>> writers = new HashMap<>();
    private final Map<Layout, TableRows> tables = new LinkedHashMap<>();
    private final Map<Integer, DeadLetter> letters = new HashMap<>();
    private int expected;

    Planning(
            Project project,
            Catalog catalog,
            LoadingCache<Columns, Layout> layouts,
            Wishes wishes,
            Origin origin,
            Set<String> added) {
        this.project = project;
        this.catalog = catalog;
        this.layouts = layouts;
        this.wishes = wishes;
        this.origin = origin;
        this.added = added;
    }

    Prepared run(List<Admitted> admitted) {
        expected = Math.min(admitted.size(), EXPECTED_ROWS);
        for (int i = 0; i < admitted.size(); i++) {
            switch (admitted.get(i)) {
                case Admitted.Accepted accepted -> plan(i, accepted);
                case Admitted.Rejected rejected -> letters.put(i, rejected.letter());
            }
        }
        var prepared = new Prepared(project, catalog, admitted, origin, tables.values());
        letters.forEach(prepared::refuse);
        return prepared;
    }

    private void plan(int submission, Admitted.Accepted accepted) {
        var label = accepted.event().collection();
        var writer = writers.get(label);
        if (writer == null) {
            writer = catalog.columns(label).map(columns -> writer(label, columns));
            writers.put(label, writer);
        }
        if (writer.isEmpty()) {
            withoutCollection(submission, label, accepted);
        } else {
            write(submission, accepted, writer.get())
                    .ifPresent(reason -> letters.put(submission, letter(accepted, reason)));
        }
    }

    /** Writes the event's row, or tells why it becomes a dead letter. */
    private Optional<Refusal> write(int submission, Admitted.Accepted accepted, RowWriter writer) {
        var refusal = writer.rows().layout().demands().flatMap(demands -> demands.refusal(accepted, origin, added));
        if (refusal.isEmpty()) {
            writer.write(submission, accepted, origin.receivedAt());
        }
        return refusal;
    }

    private void withoutCollection(int submission, String label, Admitted.Accepted accepted) {
        var problem =
                Names.collectionProblem(label).map(sentence -> new Refusal("bad_collection", "/collection", sentence));
        if (problem.isEmpty() && wishes.wishCollection(label)) {
            new PropertyWishes(label, wishes).of(accepted.event());
            return;
        }
        var reason = problem.or(() -> catalog.refused(label))
                .orElseGet(() -> new Refusal(
                        "no_collection", "/collection", "The collection could not be made: send it again."));
        letters.put(submission, letter(accepted, reason));
    }

    private DeadLetter letter(Admitted.Accepted accepted, Refusal reason) {
        return DeadLetter.of(origin, accepted.event(), reason);
    }

    private RowWriter writer(String label, Columns columns) {
        var rows = tables.computeIfAbsent(layouts.get(columns), layout -> new TableRows(layout, expected));
        return new RowWriter(label, rows, catalog, wishes);
    }
}

package dev.tidemark.rollups.rows;

import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.definition.RollupTable;
import dev.tidemark.rollups.definition.RowKey;
import dev.tidemark.rollups.definition.SketchPart;
import dev.tidemark.rollups.sketches.Sketch;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Relation.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes drafts of what {@link CascadeRows#sketched} finds, of one place after the other. */
final class CascadeReading {

    /** Sketches in memory, about. */
    private static final long MOST_BYTES = 16 << 20;

    private final Rollup rollup;
    private final List<ColumnType> types;

    /** The row at which the cursor stands, if it is read and not taken; empty: there are no more, or it was not begun. */
    private Optional<Row> next = Optional.empty();

    private boolean isBegun;

    private record Row(RowPlace place, List<@Nullable Object> values) {}

    CascadeReading(Rollup rollup) {
        this.rollup = rollup;
        this.types =
                new RollupTable(rollup).columns().stream().map(Column::type).toList();
    }

    /** So many rows of the cursor may be in memory at a time. */
    int fetched() {
        return Fetch.rows(SketchPart.longest(rollup));
    }

    /** Of the next places, as many as fit into memory, in their order; empty: there are no more. */
    Optional<List<Draft>> read(ResultSet rows, int most) throws SQLException {
        if (!isBegun) {
            isBegun = true;
            next = row(rows);
        }
        var drafts = new ArrayList<Draft>();
        var bytes = 0L;
        while (drafts.size() < most && bytes < MOST_BYTES && next.isPresent()) {
            var sketches = rollup.sketches().stream().map(SketchPart::empty).toList();
            drafts.add(draft(rows, next.get(), sketches));
            bytes += sketches.stream().mapToLong(Sketch::bytes).sum();
        }
        drafts.sort(Comparator.comparing(Draft::place));
        return drafts.isEmpty() ? Optional.empty() : Optional.of(drafts);
    }

    private Draft draft(ResultSet rows, Row first, List<Sketch> sketches) throws SQLException {
        do {
            for (int i = 0; i < sketches.size(); i++) {
                var stored = rollup.sketches().get(i).read(rows, types.size() + 1 + i);
                stored.ifPresent(sketches.get(i)::merge);
            }
            next = row(rows);
        } while (next.filter(row -> row.place().equals(first.place())).isPresent());
        var content = new Draft.Content(first.values(), sketches);
        return new Draft(first.place(), () -> content);
    }

    private Optional<Row> row(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            return Optional.empty();
        }
        List<@Nullable Object> values = Arrays.asList(ColumnValues.read(rows, types));
        var dimensions = values.subList(1, 1 + rollup.dimensions().size());
        var time = (Instant) Objects.requireNonNull(values.getFirst());
        return Optional.of(new Row(new RowPlace(time, RowKey.of(dimensions)), values));
    }
}

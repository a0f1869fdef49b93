package dev.tidemark.imports.rehearsal;

import dev.tidemark.imports.files.Problem;
import dev.tidemark.imports.uploads.Batch;
import dev.tidemark.imports.values.KnownTypes;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Events;
import dev.tidemark.spi.Outcome;
import dev.tidemark.spi.Submission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Takes the rows of a file to tell what would become of them; nothing is written. */
public final class Rehearsal {

    private static final int MOST_PROBLEMS = 20;
    private static final int MOST_COLUMNS = 10_000;

    private final KnownTypes known;
    private final Events events;
    private final Map<Place, ColumnSummary> columns = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Function<List<Submission>, List<Outcome>> rehearsed;
    private Map<String, ColumnType> types = Map.of();
    private long rows;
    private long refused;
    private long misfits;

    /** @param rehearsed tells what would become of rows */
    public Rehearsal(KnownTypes known, Events events, Function<List<Submission>, List<Outcome>> rehearsed) {
        this.known = known;
        this.events = events;
        this.rehearsed = rehearsed;
    }

    public void add(Batch batch) {
        types = batch.types();
        var outcomes = rehearsed.apply(batch.rows());
        for (int i = 0; i < outcomes.size(); i++) {
            rows++;
            if (outcomes.get(i) instanceof Outcome.Refused(var reason, var isKept)) {
                refused++;
                note(batch.problem(i, reason));
            } else if (batch.rows().get(i) instanceof Event event) {
                add(batch.line().applyAsLong(i), event);
            }
        }
    }

    private void add(long line, Event event) {
        var collection = event.collection();
        event.time().ifPresent(time -> reserved(collection, "_time", ColumnType.TIMESTAMP, time));
        event.user().ifPresent(user -> reserved(collection, "_user", ColumnType.TEXT, user));
        event.anonymous().ifPresent(visitor -> reserved(collection, "_anonymous", ColumnType.TEXT, visitor));
        event.messageId().ifPresent(id -> reserved(collection, "_message_id", ColumnType.TEXT, id));
        var filled = new HashSet<ColumnSummary>();
        events.flatten(
                event.properties(),
                name -> given(collection, name).equals(Optional.of(ColumnType.JSON)),
                (name, value) -> add(line, collection, name, value, filled));
    }

    private void reserved(String collection, String name, ColumnType type, Object value) {
        column(new Place(collection, name), name, () -> Optional.of(type)).ifPresent(column -> column.fits(value));
    }

    /** Empty: there are as many as can be told. A file may have any number of columns, and name any number of collections. */
    private Optional<ColumnSummary> column(Place place, String name, Supplier<Optional<ColumnType>> known) {
        var column = columns.get(place);
        if (column == null && columns.size() < MOST_COLUMNS) {
            column = new ColumnSummary(events, place.collection(), name, known.get());
            columns.put(place, column);
        }
        return Optional.ofNullable(column);
    }

    /** @param filled the columns of the row that have a value */
    private void add(long line, String collection, String name, Object value, Set<ColumnSummary> filled) {
        if (value.equals("")) {
            return;
        }
        var spelled = events.columnName(name);
        var told = column(new Place(collection, spelled), name, () -> given(collection, name));
        if (told.isEmpty()) {
            return;
        }
        var column = told.get();
        if (filled.contains(column)) {
            misfits++;
            note(new Problem(
                    line,
                    name,
                    "same_property",
                    "Line " + line + ": another property of the row has the same column, " + spelled
                            + ": it would be kept in _extra."));
        } else if (column.fits(value)) {
            filled.add(column);
        } else {
            misfits++;
            // what no new column holds has more digits than others take
            var own = events.column(Optional.empty(), value).orElse(ColumnType.NUMERIC);
            var fault = column.type().map(type -> ", and the column " + type).orElse(", for which no column is made");
            note(new Problem(
                    line,
                    name,
                    "misfit",
                    "Line " + line + ": the value is " + own + fault + ": it would be kept in _extra."));
        }
    }

    /** The type of a column, whatever its values are. */
    private Optional<ColumnType> given(String collection, String property) {
        return known.of(collection, property).or(() -> Optional.ofNullable(types.get(property)));
    }

    private void note(Problem problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
        }
    }

    public Collection<ColumnSummary> columns() {
        return columns.values();
    }

    public List<Problem> problems() {
        return problems;
    }

    public long rows() {
        return rows;
    }

    /** Rows that would be dead letters. */
    public long refused() {
        return refused;
    }

    /** Values that would be kept beside their column. */
    public long misfits() {
        return misfits;
    }

    /** A column of a collection, by both names. */
    private record Place(String collection, String column) {}
}

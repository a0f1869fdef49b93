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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Takes the rows of a file to tell what would become of them; nothing is written. */
public final class Rehearsal {

    private static final int MOST_PROBLEMS = 20;
    private static final int MOST_COLUMNS = 10_000;

    private final KnownTypes known;
    private final Events events;
    private final Map<String, ColumnSummary> columns = new LinkedHashMap<>();
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
        event.time().ifPresent(time -> add(line, "_time", Optional.of(ColumnType.TIMESTAMP), time));
        event.user().ifPresent(user -> add(line, "_user", Optional.of(ColumnType.TEXT), user));
        event.anonymous().ifPresent(visitor -> add(line, "_anonymous", Optional.of(ColumnType.TEXT), visitor));
        event.messageId().ifPresent(id -> add(line, "_message_id", Optional.of(ColumnType.TEXT), id));
        events.flatten(
                event.properties(),
                name -> given(name).equals(Optional.of(ColumnType.JSON)),
                (name, value) -> add(line, name, given(name), value));
    }

    private void add(long line, String name, Optional<ColumnType> given, Object value) {
        if (value.equals("") || (columns.size() == MOST_COLUMNS && !columns.containsKey(name))) {
            return;
        }
        var column = columns.computeIfAbsent(name, property -> new ColumnSummary(events, given));
        if (!column.fits(value)) {
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
    private Optional<ColumnType> given(String property) {
        return known.of(property).or(() -> Optional.ofNullable(types.get(property)));
    }

    private void note(Problem problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
        }
    }

    public Map<String, ColumnSummary> columns() {
        return columns;
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
}

package dev.tidemark.imports.rehearsal;

import dev.tidemark.imports.files.Problem;
import dev.tidemark.imports.requests.Mapping;
import dev.tidemark.imports.uploads.Batch;
import dev.tidemark.imports.values.KnownTypes;
import dev.tidemark.imports.values.ValueReader;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Outcome;
import dev.tidemark.spi.Submission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes the rows of a file to tell what would become of them; nothing is written. */
public final class Rehearsal {

    private static final int MOST_PROBLEMS = 20;
    private static final int MOST_COLUMNS = 10_000;

    private final KnownTypes known;
    private final Mapping mapping;
    private final ValueReader values;
    private final Map<String, ColumnSummary> columns = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Function<List<Submission>, List<Outcome>> events;
    private long rows;
    private long refused;
    private long misfits;

    /** @param events tells what would become of rows */
    public Rehearsal(
            KnownTypes known, Mapping mapping, ValueReader values, Function<List<Submission>, List<Outcome>> events) {
        this.known = known;
        this.mapping = mapping;
        this.values = values;
        this.events = events;
    }

    public void add(Batch batch) {
        var outcomes = events.apply(batch.rows());
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
        event.time().ifPresent(time -> add(line, "_time", ColumnType.TIMESTAMP, time));
        event.user().ifPresent(user -> add(line, "_user", ColumnType.TEXT, user));
        event.anonymous().ifPresent(visitor -> add(line, "_anonymous", ColumnType.TEXT, visitor));
        event.messageId().ifPresent(id -> add(line, "_message_id", ColumnType.TEXT, id));
        event.properties().forEach((name, value) -> add(line, name, value));
    }

    private void add(long line, String property, @Nullable Object value) {
        if (value != null && !value.equals("")) {
            add(line, property, natural(value), value);
        }
    }

    private void add(long line, String name, ColumnType natural, Object value) {
        if (columns.size() == MOST_COLUMNS && !columns.containsKey(name)) {
            return;
        }
        var column = columns.computeIfAbsent(name, this::column);
        if (!column.fits(value, natural)) {
            misfits++;
            note(new Problem(
                    line,
                    name,
                    "misfit",
                    "Line " + line + ": the value is " + natural + ", and the column "
                            + column.type().orElseThrow() + ": it would be kept in _extra."));
        }
    }

    private ColumnSummary column(String name) {
        return new ColumnSummary(
                known.of(name).or(() -> Optional.ofNullable(mapping.properties().get(name))));
    }

    private ColumnType natural(Object value) {
        return switch (value) {
            case String text ->
                values.type(text) == ColumnType.DATE || values.type(text) == ColumnType.TIMESTAMP
                        ? values.type(text)
                        : ColumnType.TEXT;
            case Map<?, ?> object -> ColumnType.JSON;
            case List<?> list -> ColumnType.TEXT_LIST;
            default -> values.type(value.toString());
        };
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

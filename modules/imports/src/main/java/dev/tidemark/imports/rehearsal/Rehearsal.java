package dev.tidemark.imports.rehearsal;

import dev.tidemark.imports.files.Problem;
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
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes the rows of a file to tell what would become of them; nothing is written. */
public final class Rehearsal {

    private static final int MOST_PROBLEMS = 20;
    private static final int MOST_COLUMNS = 10_000;
    private static final int LEVELS = 3;

    private final KnownTypes known;
    private final NewColumn naturals;
    private final Map<String, ColumnSummary> columns = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Function<List<Submission>, List<Outcome>> events;
    private Map<String, ColumnType> types = Map.of();
    private long rows;
    private long refused;
    private long misfits;

    /** @param events tells what would become of rows */
    public Rehearsal(KnownTypes known, ValueReader values, Function<List<Submission>, List<Outcome>> events) {
        this.known = known;
        this.naturals = new NewColumn(values);
        this.events = events;
    }

    public void add(Batch batch) {
        types = batch.types();
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
        event.properties().forEach((name, value) -> add(line, name, value, 1));
    }

    /** Objects are opened to three levels, but for those that have a column. */
    private void add(long line, String property, @Nullable Object value, int level) {
        if (value instanceof Map<?, ?> object
                && level < LEVELS
                && !given(property).equals(Optional.of(ColumnType.JSON))) {
            object.forEach((name, inner) -> add(line, property + "." + name, inner, level + 1));
        } else if (value != null && !isEmpty(value)) {
            add(line, property, naturals.type(value), value);
        }
    }

    private static boolean isEmpty(Object value) {
        return switch (value) {
            case String text -> text.isEmpty();
            case Map<?, ?> object -> object.isEmpty();
            case List<?> list -> list.stream().allMatch(Objects::isNull);
            default -> false;
        };
    }

    private void add(long line, String name, ColumnType natural, Object value) {
        if (columns.size() == MOST_COLUMNS && !columns.containsKey(name)) {
            return;
        }
        var column = columns.computeIfAbsent(name, property -> new ColumnSummary(given(property)));
        if (!column.fits(value, natural)) {
            misfits++;
            var fault = column.type().map(type -> ", and the column " + type).orElse(", for which no column is made");
            note(new Problem(
                    line,
                    name,
                    "misfit",
                    "Line " + line + ": the value is " + natural + fault + ": it would be kept in _extra."));
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

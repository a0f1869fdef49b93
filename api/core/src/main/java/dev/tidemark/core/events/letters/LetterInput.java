package dev.tidemark.core.events.letters;

import dev.tidemark.core.json.ExactValues;
import dev.tidemark.core.json.MergePatch;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.GlobalId;
import dev.tidemark.spi.Project;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads which dead letters someone means, and what is to be done with them. */
public final class LetterInput {

    public static final String TYPE = "DeadLetter";
    private static final int MOST_VALUES = 1_000;

    private final Project project;
    private final Map<String, ? extends @Nullable Object> arguments;

    LetterInput(Project project, Map<String, ? extends @Nullable Object> arguments) {
        this.project = project;
        this.arguments = arguments;
    }

    static String id(Project project, long id) {
        return new GlobalId(TYPE, project.id(), id).text();
    }

    /** The id in a cursor, as the argument {@code after} has it. */
    Optional<Long> after() {
        return Optional.ofNullable(arguments.get("after")).map(cursor -> id(cursor, "after"));
    }

    /** The argument {@code where}; without it all are meant. */
    LetterFilter where() {
        if (!(arguments.get("where") instanceof Map<?, ?> where)) {
            return LetterFilter.of(List.of());
        }
        return new LetterFilter(
                List.of(),
                texts(where, "code"),
                texts(where, "collection"),
                texts(where, "source"),
                Optional.ofNullable((Instant) where.get("from")),
                Optional.ofNullable((Instant) where.get("to")));
    }

    /** The arguments {@code ids} and {@code where}, of which there is one. */
    LetterFilter chosen() {
        if ((arguments.get("ids") == null) == (arguments.get("where") == null)) {
            throw refused("Say which dead letters are meant: give either ids or where. where: {} means all.", "ids");
        }
        return arguments.get("ids") instanceof List<?> ids
                ? LetterFilter.of(some(ids, "ids").stream()
                        .map(id -> id(Objects.requireNonNull(id), "ids"))
                        .toList())
                : where();
    }

    Retry retry() {
        return new Retry(
                chosen(), patch(), after().orElse(0L), (boolean) Objects.requireNonNull(arguments.get("dryRun")));
    }

    private MergePatch patch() {
        return switch (arguments.get("patch")) {
            case null -> MergePatch.NONE;
            case Map<?, ?> patch -> new MergePatch(ExactValues.of(patch));
            default -> throw refused("The patch is an object, with the members to change.", "patch");
        };
    }

    private static List<String> texts(Map<?, ?> where, String name) {
        return where.get(name) instanceof List<?> texts
                ? some(texts, name).stream().map(String::valueOf).toList()
                : List.of();
    }

    /** An empty list would be read by some as all, and by others as none. */
    private static List<?> some(List<?> values, String name) {
        if (values.isEmpty() || values.size() > MOST_VALUES) {
            throw refused(name + " has 1 to " + MOST_VALUES + " values: leave it out for all.", name);
        }
        return values;
    }

    private long id(Object text, String argument) {
        return GlobalId.parse(text.toString())
                .filter(global -> global.isOf(TYPE, project))
                .flatMap(global -> GlobalId.number(global.local()))
                .orElseThrow(() -> refused(
                        argument + " is neither the id nor the cursor of a dead letter here: deadLetters tells them.",
                        argument));
    }

    private static CallerException refused(String sentence, String argument) {
        return new CallerException(ErrorCode.BAD_USER_INPUT, sentence, argument);
    }
}

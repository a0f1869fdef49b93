package dev.tidemark.core.questions.sql;

import dev.tidemark.core.catalog.names.Names;
import dev.tidemark.core.naming.Nearest;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Relation.Column;
import dev.tidemark.spi.SqlColumn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The columns of one relation.
 *
 * @param spelling the column that a name means which is neither a column nor a label
 * @param unfit why columns that one might name cannot be
 * @param ofPerson what is known of the person behind a row, by names that begin with {@link EventCollection#OF_PERSON}
 * @param peopleReadiness throws {@link CallerException} while that cannot be asked
 */
public record SqlColumns(
        String relation,
        List<SqlColumn> all,
        Function<String, Optional<String>> spelling,
        Map<String, String> unfit,
        List<SqlColumn> ofPerson,
        Runnable peopleReadiness) {

    public SqlColumns(String relation, List<SqlColumn> all, Function<String, Optional<String>> spelling) {
        this(relation, all, spelling, Map.of(), List.of(), () -> {});
    }

    /** Those of a table whose columns are stored as they are named. */
    public static SqlColumns of(String relation, List<Column> columns) {
        return new SqlColumns(relation, columns.stream().map(SqlColumn::of).toList(), Names::column);
    }

    /** The column with that name or label. What stands first wins, so that a sender's label never hides a reserved column. */
    public Optional<SqlColumn> find(String nameOrLabel) {
        return nameOrLabel.startsWith(EventCollection.OF_PERSON) && !ofPerson.isEmpty()
                ? ofPerson(nameOrLabel)
                : exactly(all, nameOrLabel).or(() -> spelling.apply(nameOrLabel).flatMap(name -> exactly(all, name)));
    }

    /** Its own, then those of the person. */
    public Stream<SqlColumn> nameable() {
        return Stream.concat(all.stream(), ofPerson.stream());
    }

    /** @throws CallerException with the nearest known name */
    public SqlColumn named(String nameOrLabel, String... path) {
        if (nameOrLabel.startsWith(EventCollection.OF_PERSON)) {
            peopleReadiness.run();
        }
        return find(nameOrLabel)
                .orElseThrow(() -> new CallerException(
                        ErrorCode.BAD_USER_INPUT,
                        spelling.apply(nameOrLabel)
                                .flatMap(name -> Optional.ofNullable(unfit.get(name)))
                                .orElseGet(() -> unknown(nameOrLabel)),
                        path));
    }

    private String unknown(String nameOrLabel) {
        return "\"" + relation + "\" has no property \"" + Shown.of(nameOrLabel) + "\"."
                + Nearest.hint(Shown.of(nameOrLabel), names());
    }

    private Optional<SqlColumn> ofPerson(String name) {
        return exactly(ofPerson, name)
                .or(() -> Names.column(name.substring(EventCollection.OF_PERSON.length()))
                        .flatMap(column -> exactly(ofPerson, EventCollection.OF_PERSON + column)));
    }

    private static Optional<SqlColumn> exactly(List<SqlColumn> columns, String nameOrLabel) {
        return columns.stream()
                .filter(column -> column.column().isCalled(nameOrLabel))
                .findFirst();
    }

    private List<String> names() {
        return nameable()
                .flatMap(column ->
                        Stream.of(column.column().label(), column.column().name()))
                .toList();
    }
}

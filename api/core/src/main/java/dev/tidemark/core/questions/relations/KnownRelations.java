package dev.tidemark.core.questions.relations;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.core.catalog.known.Catalogs;
import dev.tidemark.core.catalog.snapshot.Columns;
import dev.tidemark.core.naming.Nearest;
import dev.tidemark.core.questions.sql.Shown;
import dev.tidemark.core.questions.sql.SqlColumns;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Relation;
import dev.tidemark.spi.SqlFragment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be asked in a project, by its names: collections of events, and what modules add to them. */
public final class KnownRelations {

    /** Of what can be asked at all times. */
    public static final Runnable ALWAYS = () -> {};

    private final Databases databases;
    private final Catalogs catalogs;
    private final Supplier<Duration> timeLimit;
    private volatile AddedRelations added = new AddedRelations(List.of(), Optional.empty(), Optional.empty());

    public KnownRelations(Databases databases, Catalogs catalogs, Supplier<Duration> timeLimit) {
        this.databases = databases;
        this.catalogs = catalogs;
        this.timeLimit = timeLimit;
    }

    public void add(AddedRelations relations) {
        added = relations;
        catalogs.reserve(this::reserved);
    }

    public List<Relation> all(Project project) {
        var catalog = catalogs.of(project);
        var collections = catalog.collections().stream()
                .flatMap(collection -> catalog.byTable(collection.name()).stream())
                .map(columns -> collection(project, columns));
        return Stream.concat(collections, added(project).stream()).toList();
    }

    public Optional<Columns> find(Project project, String name) {
        var catalog = catalogs.of(project);
        return catalog.byTable(name).or(() -> catalog.columns(name));
    }

    public Columns collection(Project project, String name) {
        return find(project, name)
                .orElseThrow(() -> added(project, name)
                        .map(KnownRelations::withoutEvents)
                        .orElseGet(() -> unknown(name, labels(project))));
    }

    public Relation one(Project project, String name) {
        return find(project, name)
                .map(columns -> collection(project, columns))
                .or(() -> added(project, name))
                .orElseThrow(() -> unknown(
                        name,
                        Stream.concat(labels(project), added(project).stream().map(Relation::name))));
    }

    public Relation together(Project project, List<String> names) {
        var all = names.stream().map(name -> one(project, name)).toList();
        if (all.stream().map(Relation::name).distinct().count() < all.size()) {
            throw new CallerException(ErrorCode.BAD_USER_INPUT, "A collection is named twice.", "union");
        }
        return all.size() == 1
                ? all.getFirst()
                : Together.of(all.stream().map(KnownRelations::table).toList());
    }

    public static TableRelation table(Relation relation) {
        if (relation instanceof TableRelation table) {
            return table;
        }
        throw withoutEvents(relation);
    }

    private static CallerException withoutEvents(Relation relation) {
        return new CallerException(
                ErrorCode.BAD_USER_INPUT,
                "\"" + Shown.of(relation.name())
                        + "\" has no single events: here only collections of events can be asked.",
                "collection");
    }

    /** One that a module keeps. */
    public Relation table(
            Project project,
            String name,
            String table,
            List<Relation.Column> columns,
            List<String> key,
            Runnable readiness) {
        return new TableRelation(
                name,
                in(project, table),
                SqlColumns.of(name, columns),
                key,
                List.of(),
                databases.of(project),
                timeLimit.get(),
                readiness);
    }

    /** The table that tells who is who, once anything is told there. */
    public Optional<String> persons(Project project) {
        return known(project).persons();
    }

    /** The same, also before this node has heard that anything is. */
    public Optional<String> mapping() {
        return added.mapping();
    }

    /** The events of some people alone. */
    public TableRelation among(Project project, String name, SqlFragment people) {
        var columns = collection(project, name);
        return collection(
                project,
                columns,
                Persons.among(
                        people,
                        in(project, columns.collection().name()),
                        persons(project).map(table -> in(project, table)),
                        known(project).people()),
                true);
    }

    public Optional<Relation> people(Project project) {
        return known(project).people().map(people -> people);
    }

    private Relation collection(Project project, Columns columns) {
        var name = columns.collection().name();
        var events = in(project, name);
        var persons = persons(project).map(table -> in(project, table));
        var people = known(project).people();
        var isPlain = persons.isEmpty() && people.isEmpty();
        return collection(project, columns, isPlain ? events : Persons.joined(events, persons, people), !isPlain);
    }

    /** @param hasPerson whether the table has the column */
    private TableRelation collection(Project project, Columns columns, SqlFragment table, boolean hasPerson) {
        var name = columns.collection().name();
        return new TableRelation(
                name,
                table,
                hasPerson ? CollectionColumns.joined(columns, known(project).people()) : CollectionColumns.of(columns),
                List.of(CollectionColumns.ID),
                List.of(name),
                databases.of(project),
                timeLimit.get(),
                ALWAYS);
    }

    /** The table with its schema: PostgreSQL would look for a name such as {@code pg_class} among its own first. */
    private static SqlFragment in(Project project, String table) {
        return sql("{}.{}", SqlFragment.name(project.slug()), SqlFragment.name(table));
    }

    /** The names that no collection can get: who sends has a public key, and would hide what a module keeps. */
    private Set<String> reserved(Project project) {
        return added(project).stream().map(Relation::name).collect(Collectors.toSet());
    }

    /** The relations that modules add to the project. */
    private List<Relation> added(Project project) {
        return known(project).relations();
    }

    private Optional<Relation> added(Project project, String name) {
        return added(project).stream()
                .filter(relation -> relation.name().equals(name))
                .findFirst();
    }

    private AddedRelations.Added known(Project project) {
        return added.of(project, catalogs.of(project).version());
    }

    private Stream<String> labels(Project project) {
        return catalogs.of(project).collections().stream().map(EventCollection::label);
    }

    /** @param known what could have been meant */
    private static CallerException unknown(String name, Stream<String> known) {
        return new CallerException(
                ErrorCode.BAD_USER_INPUT,
                "There is no collection \"" + Shown.of(name) + "\"." + Nearest.hint(Shown.of(name), known.toList()),
                "collection");
    }
}

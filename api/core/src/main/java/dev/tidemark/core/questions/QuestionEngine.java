package dev.tidemark.core.questions;

import dev.tidemark.core.catalog.known.Catalogs;
import dev.tidemark.core.catalog.snapshot.Columns;
import dev.tidemark.core.json.JsonText;
import dev.tidemark.core.json.JsonWriter;
import dev.tidemark.core.questions.events.EventFilter;
import dev.tidemark.core.questions.input.AggregateInput;
import dev.tidemark.core.questions.input.ConditionInput;
import dev.tidemark.core.questions.input.FieldArguments;
import dev.tidemark.core.questions.input.ZoneInput;
import dev.tidemark.core.questions.relations.AddedRelations;
import dev.tidemark.core.questions.relations.CollectionColumns;
import dev.tidemark.core.questions.relations.KnownPeople;
import dev.tidemark.core.questions.relations.KnownRelations;
import dev.tidemark.core.questions.relations.QuestionStore;
import dev.tidemark.spi.Answer;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Connection;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.EventTest;
import dev.tidemark.spi.Explanation;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Page;
import dev.tidemark.spi.People;
import dev.tidemark.spi.PersonListener;
import dev.tidemark.spi.PersonMapping;
import dev.tidemark.spi.PersonRecords;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Question;
import dev.tidemark.spi.Question.Order;
import dev.tidemark.spi.QuestionRewriter;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.Relation;
import dev.tidemark.spi.Relations;
import dev.tidemark.spi.Snapshot;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlRelation;
import graphql.schema.GraphQLSchema;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks collections and the relations of modules. */
public final class QuestionEngine implements Questions {

    static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    private static final List<Order> LATEST = List.of(new Order(CollectionColumns.TIME, true));

    private static final Duration LONGEST_LIMIT = Duration.ofDays(1);

    private final Databases databases;
    private final Catalogs catalogs;
    private final KnownRelations known;
    private final KnownPeople people;
    private final CatalogRaces races;
    private volatile Rewriting rewriting = new Rewriting(List.of());
    private volatile Optional<GraphQLSchema> schema = Optional.empty();
    private volatile Duration timeLimit = TIME_LIMIT;

    public QuestionEngine(Databases databases, Catalogs catalogs) {
        this.databases = databases;
        this.catalogs = catalogs;
        this.races = new CatalogRaces(catalogs);
        this.known = new KnownRelations(databases, catalogs, () -> timeLimit);
        this.people = new KnownPeople(databases, known);
    }

    /** @param module whose it is */
    public record NamedRewriter(String module, QuestionRewriter rewriter) {}

    /** Takes in what the modules add, in the order of their names; they had to be lent the engine before. */
    public void join(
            List<Relations> relations,
            List<NamedRewriter> rewriters,
            Optional<PersonMapping> personMapping,
            Optional<String> personProperties,
            Map<String, PersonRecords> personRecords,
            List<PersonListener> personListeners) {
        known.add(new AddedRelations(relations, personMapping, personProperties));
        rewriting = new Rewriting(rewriters);
        people.join(personRecords, personListeners);
    }

    /** Learns how questions are written. */
    public void speak(GraphQLSchema language) {
        schema = Optional.of(language);
    }

    /**
     * The operator's limit for one question.
     *
     * @throws CallerException when PostgreSQL would read it as none
     */
    void limit(Duration timeLimit) {
        if (timeLimit.toMillis() < 1 || timeLimit.compareTo(LONGEST_LIMIT) > 0) {
            throw new CallerException(ErrorCode.BAD_USER_INPUT, "questions.timeout is from a millisecond to a day.");
        }
        this.timeLimit = timeLimit;
    }

    @Override
    public List<Relation> relations(Project project) {
        return known.all(project);
    }

    @Override
    public Answer answer(Project project, Question question) {
        return races.again(project, () -> answered(project, question));
    }

    private Answer answered(Project project, Question question) {
        var asked = rewriting.of(project, question);
        var answer = relation(project, asked.question().relations()).answer(asked.question());
        return asked.holds(answer)
                ? answer
                : relation(project, question.relations()).answer(question);
    }

    @Override
    public Explanation explain(Project project, Question question) {
        var asked = rewriting.of(project, question);
        var statements = relation(project, asked.question().relations()).explain(asked.question());
        return new Explanation(asked.question().relations(), asked.rewriter().map(NamedRewriter::module), statements);
    }

    @Override
    public Filter filter(Arguments condition) {
        return ConditionInput.filter(condition);
    }

    @Override
    public String text(Arguments condition) {
        return JsonWriter.write(condition.values());
    }

    @Override
    public Arguments arguments(String text) {
        var members = (Map<?, ?>) Objects.requireNonNull(JsonText.read(text));
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        members.forEach((name, value) -> values.put(name.toString(), value));
        return new Arguments(values);
    }

    @Override
    public EventTest test(Project project, String name, Filter filter) {
        var columns = collection(project, name);
        return new EventFilter(
                columns.collection(),
                filter,
                spelling -> find(project, columns.name())
                        .flatMap(newest -> newest.byLabel(spelling))
                        .map(EventCollection.Property::column));
    }

    @Override
    public ZoneId zone(String name) {
        return ZoneInput.zone(name);
    }

    @Override
    public SqlRelation sqlRelation(Project project, List<String> names) {
        return KnownRelations.table(relation(project, names));
    }

    @Override
    public SqlRelation eventsOf(Project project, String collection, SqlFragment people) {
        return known.among(project, collection, people);
    }

    @Override
    public <T> T read(Project project, Function<Snapshot, T> work) {
        return races.told(project, () -> QuestionStore.read(databases.of(project), timeLimit, work));
    }

    @Override
    public List<Explanation.Statement> explain(Project project, Function<Snapshot, ?> work) {
        return QuestionStore.explain(databases.of(project), timeLimit, work);
    }

    @Override
    public void stream(Project project, Question.Rows question, Consumer<List<@Nullable Object>> each) {
        races.told(project, () -> {
            relation(project, question.relations()).stream(question, each);
            return question;
        });
    }

    @Override
    public Question question(Project project, String field, Map<String, @Nullable Object> json) {
        var arguments = FieldArguments.of(schema.orElseThrow(), field).coerced(json);
        var relations = relations(project, arguments);
        return field.equals("aggregate")
                ? AggregateInput.question(arguments, relations)
                : EventResolvers.question(arguments, relations, relation(project, relations));
    }

    @Override
    public <N> Connection<N> page(
            Relation relation,
            List<String> columns,
            Filter filter,
            List<Order> order,
            Page page,
            Function<List<List<@Nullable Object>>, List<N>> nodes) {
        var named = order.stream()
                .map(by -> new Order(name(relation, by.by()), by.descending(), by.value()))
                .toList();
        return new RowPages(relation::answer, List.of(relation.name()), columns, relation.key())
                .page(filter, named, page, nodes)
                .page();
    }

    private static String name(Relation relation, String nameOrLabel) {
        return KnownRelations.table(relation)
                .named(nameOrLabel, "orderBy")
                .column()
                .name();
    }

    @Override
    public Object events(Project project, List<String> collections, Filter filter, Page page) {
        return new EventPages(this, project, collections).page(filter, LATEST, page);
    }

    /** The names of those that the arguments of a field name. */
    List<String> relations(Project project, Arguments arguments) {
        return Stream.concat(Stream.of(arguments.required("collection")), arguments.texts("union").stream())
                .map(name -> relation(project, name).name())
                .toList();
    }

    /** The collections whose commits change the rows of relations; none: any may. */
    public List<String> collections(Project project, List<String> relations) {
        var all = relations.stream()
                .map(name -> relation(project, name).collections())
                .toList();
        return all.stream().anyMatch(List::isEmpty)
                ? List.of()
                : all.stream().flatMap(List::stream).distinct().toList();
    }

    @Override
    public Relation table(
            Project project,
            String name,
            String table,
            List<Relation.Column> columns,
            List<String> key,
            Runnable readiness) {
        return known.table(project, name, table, columns, key, readiness);
    }

    @Override
    public <T> T changeRelations(Project project, Database database, Database.Work<T> work) {
        return catalogs.renew(project, database, work);
    }

    /**
     * By the name of the table, or any spelling of the label.
     *
     * @throws CallerException with the nearest known name
     */
    Columns collection(Project project, String name) {
        return known.collection(project, name);
    }

    Optional<Columns> find(Project project, String name) {
        return known.find(project, name);
    }

    /**
     * By the name of the relation, or by any spelling of a collection's label.
     *
     * @throws CallerException with the nearest known name
     */
    public Relation relation(Project project, String name) {
        return known.one(project, name);
    }

    /**
     * Several as one: only those with tables can be.
     *
     * @throws CallerException with the nearest known name, or when they cannot be asked together
     */
    Relation relation(Project project, List<String> names) {
        return known.together(project, names);
    }

    /** What is known of the people behind events, where anything is. */
    public Optional<Relation> people(Project project) {
        return known.people(project);
    }

    /** Who is who. */
    public People people() {
        return people;
    }
}

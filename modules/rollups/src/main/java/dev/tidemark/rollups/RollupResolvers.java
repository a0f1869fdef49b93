package dev.tidemark.rollups;

import dev.tidemark.rollups.asking.RollupRelation;
import dev.tidemark.rollups.definition.DefinitionStore;
import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.definition.RollupInput;
import dev.tidemark.rollups.progress.Meanwhile;
import dev.tidemark.rollups.progress.RollupState;
import dev.tidemark.rollups.progress.RollupStore;
import dev.tidemark.rollups.progress.StateStore;
import dev.tidemark.rollups.rows.EventRows;
import dev.tidemark.rollups.upkeep.BackfillStore;
import dev.tidemark.rollups.upkeep.Refreshing;
import dev.tidemark.spi.ActiveProjects;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.AuditLog;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.DatabaseException;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Events;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Questions;
import graphql.schema.DataFetchingEnvironment;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** GraphQL on one side, the stores on the other. */
final class RollupResolvers {

    private static final int MOST_ROLLUPS = 100;

    /** PostgreSQL's code for a table or an index of a name that there is already. */
    private static final String DUPLICATE_TABLE = "42P07";

    private final Databases databases;
    private final Questions questions;
    private final Events events;
    private final RollupStore store;
    private final DefinitionStore definitions;
    private final BackfillStore backfills;
    private final Refreshing refreshing;
    private final AuditLog audit;
    private final ActiveProjects active;
    private final Clock clock;

    RollupResolvers(
            Databases databases,
            Questions questions,
            Events events,
            RollupStore store,
            DefinitionStore definitions,
            BackfillStore backfills,
            Refreshing refreshing,
            AuditLog audit,
            ActiveProjects active,
            Clock clock) {
        this.databases = databases;
        this.questions = questions;
        this.events = events;
        this.store = store;
        this.definitions = definitions;
        this.backfills = backfills;
        this.refreshing = refreshing;
        this.audit = audit;
        this.active = active;
        this.clock = clock;
    }

    List<Rollup> rollups(DataFetchingEnvironment environment) {
        return databases.of(project(environment)).transaction(definitions::all);
    }

    Optional<Rollup> rollup(DataFetchingEnvironment environment) {
        return rollup(environment, Arguments.of(environment).required("name"));
    }

    RollupState state(DataFetchingEnvironment environment) {
        Rollup rollup = Objects.requireNonNull(environment.getSource());
        var project = project(environment);
        var misfit = misfit(project, rollup);
        return Meanwhile.told(
                rollup.name(),
                () -> databases
                        .of(project)
                        .transaction(connection -> StateStore.state(connection, rollup, misfit))
                        .orElseThrow(() -> missing(rollup.name())));
    }

    /** Why it does not fit its collection any more. */
    private Optional<String> misfit(Project project, Rollup rollup) {
        try {
            var _ = EventRows.of(rollup, questions, project);
            return Optional.empty();
        } catch (CallerException e) {
            return Optional.of(e.sentence());
        }
    }

    @Nullable
    Map<String, @Nullable Object> where(DataFetchingEnvironment environment) {
        Rollup rollup = Objects.requireNonNull(environment.getSource());
        return rollup.condition()
                .map(questions::arguments)
                .map(Arguments::values)
                .orElse(null);
    }

    Payload create(DataFetchingEnvironment environment) {
        var project = project(environment);
        var input = Arguments.of(environment).object("input").orElseThrow();
        var rollup = new RollupInput(questions, events, project, rollups(environment), input).rollup();
        requireFree(project, rollup.name());
        if (!created(environment, project, rollup)) {
            throw taken(rollup.name());
        }
        return new Payload(rollup);
    }

    /** False: its name is taken, be it by a table of this module's own, such as that of rollup {@code stale} would be. */
    private boolean created(DataFetchingEnvironment environment, Project project, Rollup rollup) {
        try {
            return changed(
                    environment, rollup, connection -> store.create(connection, project, rollup, clock.instant()));
        } catch (DatabaseException e) {
            if (e.sqlState().equals(DUPLICATE_TABLE)) {
                return false;
            }
            throw e;
        }
    }

    Payload backfill(DataFetchingEnvironment environment) {
        var project = project(environment);
        var input = Arguments.of(environment).object("input").orElseThrow();
        var name = input.required("name");
        var rollup = rollup(environment, name).orElseThrow(() -> missing(name));
        var from = moment(input, "from");
        var to = moment(input, "to");
        if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
            throw new CallerException(ErrorCode.BAD_USER_INPUT, "from is after to: swap them.", "from");
        }
        var begun = Meanwhile.told(
                name,
                () -> databases.of(project).transaction(connection -> {
                    backfills.begin(connection, rollup, from, to);
                    note(connection, environment, rollup);
                    return new Payload(rollup);
                }));
        active.announce(project);
        return begun;
    }

    Payload refresh(DataFetchingEnvironment environment) {
        var project = project(environment);
        var name = Arguments.of(environment).object("input").orElseThrow().required("name");
        var rollup = rollup(environment, name).orElseThrow(() -> missing(name));
        return Meanwhile.told(name, () -> {
            refreshing.refresh(databases.of(project), project, rollup);
            return new Payload(rollup);
        });
    }

    Dropped drop(DataFetchingEnvironment environment) {
        var name = Arguments.of(environment).object("input").orElseThrow().required("name");
        var rollups = rollups(environment);
        var rollup = named(rollups, name).orElseThrow(() -> missing(name));
        rollups.stream()
                .filter(other -> other.cascade().equals(Optional.of(name)))
                .findFirst()
                .ifPresent(cascade -> {
                    throw new CallerException(
                            ErrorCode.CONFLICT,
                            "Rollup \"" + cascade.name() + "\" is made of it: drop that one first.",
                            "name");
                });
        if (!changed(environment, rollup, connection -> store.drop(connection, rollup))) {
            throw missing(name);
        }
        return new Dropped(name);
    }

    private boolean changed(DataFetchingEnvironment environment, Rollup rollup, Database.Work<Boolean> work) {
        var project = project(environment);
        var isDone = Meanwhile.told(
                rollup.name(),
                () -> questions.changeRelations(project, databases.of(project), connection -> {
                    var isChanged = work.run(connection);
                    if (isChanged) {
                        note(connection, environment, rollup);
                    }
                    return isChanged;
                }));
        active.announce(project);
        return isDone;
    }

    /** That the field's act was done. */
    private void note(Connection transaction, DataFetchingEnvironment environment, Rollup rollup) throws SQLException {
        audit.note(
                transaction,
                Caller.of(environment),
                environment.getFieldDefinition().getName(),
                rollup.name());
    }

    private Optional<Rollup> rollup(DataFetchingEnvironment environment, String name) {
        return named(rollups(environment), name);
    }

    private static Optional<Rollup> named(List<Rollup> rollups, String name) {
        return rollups.stream().filter(rollup -> rollup.name().equals(name)).findFirst();
    }

    private static Optional<Instant> moment(Arguments input, String name) {
        return input.value(name).map(Instant.class::cast);
    }

    private void requireFree(Project project, String name) {
        var relations = questions.relations(project);
        if (relations.stream().anyMatch(relation -> relation.name().equals(name))) {
            throw taken(name);
        }
        if (relations.stream().filter(RollupRelation.class::isInstance).count() >= MOST_ROLLUPS) {
            throw new CallerException(
                    ErrorCode.CONFLICT, "A project has at most " + MOST_ROLLUPS + " rollups: drop one first.");
        }
    }

    private static CallerException taken(String name) {
        return new CallerException(
                ErrorCode.CONFLICT,
                "There is a collection, a rollup or a table \"" + name + "\" already: choose another name.",
                "name");
    }

    private static CallerException missing(String name) {
        return new CallerException(ErrorCode.NOT_FOUND, "There is no rollup \"" + name + "\".", "name");
    }

    private static Project project(DataFetchingEnvironment environment) {
        return Caller.of(environment).project();
    }

    record Payload(Rollup rollup) {}

    record Dropped(String name) {}
}

package dev.tidemark.core.catalog;

import dev.tidemark.core.catalog.changes.ChangeAmendments;
import dev.tidemark.core.catalog.changes.ChangeStore;
import dev.tidemark.core.catalog.changes.PropertyChange;
import dev.tidemark.core.catalog.declarations.Amendments;
import dev.tidemark.core.catalog.known.Catalogs;
import dev.tidemark.core.catalog.snapshot.Columns;
import dev.tidemark.core.catalog.writing.Amendment;
import dev.tidemark.core.schema.Input;
import dev.tidemark.core.schema.PageSize;
import dev.tidemark.spi.AuditLog;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.GlobalId;
import dev.tidemark.spi.Project;
import graphql.schema.DataFetchingEnvironment;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** GraphQL's way to say what collections should be like. */
final class CatalogResolvers {

    private static final int MOST_CHANGES = 200;

    private final Catalogs catalogs;
    private final Databases databases;
    private final AuditLog audit;
    private final Clock clock;
    private final ChangeStore changes = new ChangeStore();

    CatalogResolvers(Catalogs catalogs, Databases databases, AuditLog audit, Clock clock) {
        this.catalogs = catalogs;
        this.databases = databases;
        this.audit = audit;
        this.clock = clock;
    }

    Changed declareCollection(DataFetchingEnvironment environment) {
        var input = Input.of(environment);
        return amend(
                environment,
                input.text("name"),
                catalogs.declaration(Caller.of(environment).project(), input));
    }

    Changed renameProperty(DataFetchingEnvironment environment) {
        return amend(environment, Amendments::rename);
    }

    Changed deprecateProperty(DataFetchingEnvironment environment) {
        return amend(environment, Amendments::deprecate);
    }

    Changed setPartitions(DataFetchingEnvironment environment) {
        return amend(environment, Amendments::partition);
    }

    Changed setKeep(DataFetchingEnvironment environment) {
        return amend(environment, Amendments::keep);
    }

    Changed changePropertyType(DataFetchingEnvironment environment) {
        return amend(environment, later(environment)::changeType);
    }

    Changed setIndex(DataFetchingEnvironment environment) {
        return amend(environment, later(environment)::setIndex);
    }

    List<Shown> propertyChanges(DataFetchingEnvironment environment) {
        var project = Caller.of(environment).project();
        var first = PageSize.of(environment, MOST_CHANGES);
        return databases.of(project).transaction(connection -> changes.latest(connection, first)).stream()
                .map(change -> Shown.of(project, change))
                .toList();
    }

    private ChangeAmendments later(DataFetchingEnvironment environment) {
        return new ChangeAmendments(Caller.of(environment).project(), clock);
    }

    private Changed amend(DataFetchingEnvironment environment, Function<Input, Amendment> amendment) {
        var input = Input.of(environment);
        return amend(environment, input.text("collection"), amendment.apply(input));
    }

    private Changed amend(DataFetchingEnvironment environment, String collection, Amendment amendment) {
        var caller = Caller.of(environment);
        var property = Input.of(environment).value("property");
        var subject = property.map(name -> collection + "." + name).orElse(collection);
        return new Changed(catalogs.amend(caller.project(), collection, (connection, before) -> {
            amendment.apply(connection, before);
            audit.note(connection, caller, environment.getFieldDefinition().getName(), subject);
        }));
    }

    record Changed(Columns collection) {}

    /** A change in the words of the schema. */
    record Shown(
            String id,
            String collection,
            String column,
            Optional<ColumnType> type,
            String status,
            long total,
            long done,
            long unconverted,
            Optional<String> sample,
            Optional<String> problem,
            Instant requestedAt,
            Optional<Instant> finishedAt) {

        static Shown of(Project project, PropertyChange change) {
            return new Shown(
                    new GlobalId("PropertyChange", project.id(), change.id()).text(),
                    change.collection(),
                    change.column(),
                    change.type(),
                    status(change),
                    change.total(),
                    change.done(),
                    change.unconverted(),
                    change.sample(),
                    change.problem(),
                    change.requestedAt(),
                    change.finishedAt());
        }

        private static String status(PropertyChange change) {
            if (change.finishedAt().isEmpty()) {
                return "RUNNING";
            }
            return change.problem().isPresent() ? "FAILED" : "FINISHED";
        }
    }
}

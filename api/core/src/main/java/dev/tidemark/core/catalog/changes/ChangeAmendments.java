package dev.tidemark.core.catalog.changes;

import dev.tidemark.core.catalog.writing.Amendment;
import dev.tidemark.core.catalog.writing.Named;
import dev.tidemark.core.catalog.writing.TableStore;
import dev.tidemark.core.schema.Input;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;

/** The changes of properties that take their time: they are noted for a job. */
public record ChangeAmendments(Project project, Clock clock) {

    private static final ChangeStore CHANGES = new ChangeStore();
    private static final IndexStore INDEXES = new IndexStore();

    public Amendment changeType(Input input) {
        return (connection, before) -> {
            var named = Named.of(before, input);
            var type = ColumnType.valueOf(input.text("type"));
            if (type == named.property().type()) {
                throw conflict("Property \"" + named.property().label() + "\" has that type already.", "type");
            }
            if (TableStore.isViewed(connection, named.columns().name(), named.property())) {
                throw conflict("A view reads the property's column: drop the view first.", "property");
            }
            request(connection, named, Optional.of(type));
        };
    }

    public Amendment setIndex(Input input) {
        return (connection, before) -> {
            var named = Named.of(before, input);
            var isIndexed = Boolean.TRUE.equals(input.values().get("isIndexed"));
            var type = named.property().type();
            if (isIndexed && (type == ColumnType.JSON || type.isList())) {
                throw new CallerException(
                        ErrorCode.BAD_USER_INPUT,
                        "An index is of no use for values of type " + type + ": index another property.",
                        "property");
            }
            if (isIndexed == named.property().declaration().isIndexed()) {
                return;
            }
            if (isIndexed) {
                var change = request(connection, named, Optional.empty());
                CHANGES.setIndex(connection, named, Optional.of(IndexBuild.name(change)));
            } else {
                refuseWhileOpen(connection, named);
                INDEXES.drop(connection, CHANGES.index(connection, named));
                CHANGES.setIndex(connection, named, Optional.empty());
            }
        };
    }

    private long request(Connection connection, Named named, Optional<ColumnType> type) throws SQLException {
        refuseWhileOpen(connection, named);
        var id = CHANGES.request(
                connection, named.columns().name(), named.property().column(), type, clock.instant());
        ChangeJob.WORK.note(connection, project);
        return id;
    }

    private static void refuseWhileOpen(Connection connection, Named named) throws SQLException {
        if (CHANGES.isOpen(connection, named.columns().name(), named.property().column())) {
            throw conflict(
                    "Property \"" + named.property().label()
                            + "\" is being changed already: wait until propertyChanges says that it is finished.",
                    "property");
        }
    }

    private static CallerException conflict(String sentence, String field) {
        return new CallerException(ErrorCode.CONFLICT, sentence, field);
    }
}

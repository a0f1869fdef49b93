package dev.tidemark.core.catalog.changes;

import dev.tidemark.core.catalog.snapshot.Columns;
import dev.tidemark.core.catalog.writing.DefinitionStore;
import dev.tidemark.core.catalog.writing.Named;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Declaration;
import dev.tidemark.spi.EventCollection.Property;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What the catalogue says of a property whose column has just got another type. */
record TypeSwap(ChangeStore changes, Clock clock) {

    void describe(Connection connection, Columns columns, PropertyChange change, ColumnType type) throws SQLException {
        var property = columns.byColumn(change.column()).orElseThrow();
        new DefinitionStore().describe(connection, columns.id(), retyped(property, type));
        changes.swapped(connection, change);
        if (property.declaration().isIndexed()) {
            // it went with the old column
            changes.setIndex(connection, new Named(columns, property), Optional.empty());
        }
    }

    /** Only texts can be limited to values. */
    private static Property retyped(Property property, ColumnType type) {
        var there = property.declaration();
        return property.as(type)
                .declared(new Declaration(
                        there.isDeclared(),
                        there.description(),
                        there.deprecation(),
                        there.isRequired(),
                        type == ColumnType.TEXT ? there.values() : List.of(),
                        false));
    }
}

package dev.tidemark.core.catalog.snapshot;

import dev.tidemark.core.catalog.partitions.PartitionWidth;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Declaration;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.EventCollection.Property;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A row of {@code _collection}, and how a row of {@code _property} is read. */
record Described(
        String name, String label, String graphqlName, Optional<String> description, Terms terms, boolean isOfModule) {

    static Described of(ResultSet row) throws SQLException {
        var keep = row.getLong("keep_seconds");
        return new Described(
                row.getString("name"),
                row.getString("label"),
                row.getString("graphql_name"),
                Optional.ofNullable(row.getString("description")),
                new Terms(
                        row.getBoolean("strict"),
                        PartitionWidth.valueOf(row.getString("partitions")),
                        row.getObject("keep_seconds") == null
                                ? Optional.empty()
                                : Optional.of(Duration.ofSeconds(keep))),
                row.getBoolean("of_module"));
    }

    static Property property(ResultSet row) throws SQLException {
        return new Property(
                row.getString("column_name"),
                row.getString("property_label"),
                row.getString("property_graphql_name"),
                ColumnType.valueOf(row.getString("type")),
                new Declaration(
                        row.getBoolean("declared"),
                        Optional.ofNullable(row.getString("property_description")),
                        Optional.ofNullable(row.getString("deprecation")),
                        row.getBoolean("required"),
                        texts(row),
                        row.getString("index_name") != null));
    }

    EventCollection collection(List<Property> properties) {
        return new EventCollection(name, label, graphqlName, description, properties);
    }

    private static List<String> texts(ResultSet row) throws SQLException {
        var array = row.getArray("allowed");
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}

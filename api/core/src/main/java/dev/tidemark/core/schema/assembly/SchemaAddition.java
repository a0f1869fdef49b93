package dev.tidemark.core.schema.assembly;

import dev.tidemark.spi.Scope;
import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLNamedType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a project adds to the schema that all projects share.
 *
 * @param query a field of {@code Query}
 * @param subscription a field of {@code Subscription}, whose resolver returns a {@link dev.tidemark.spi.Feed}
 * @param types all that these fields lead to and the shared schema has not
 * @param fields those that are no stored properties
 */
public record SchemaAddition(
        GraphQLFieldDefinition query,
        Optional<GraphQLFieldDefinition> subscription,
        List<GraphQLNamedType> types,
        Map<FieldCoordinates, Resolved> fields) {

    /**
     * How a field is resolved.
     *
     * @param resolver runs like those of modules
     * @param cost of answering the field once
     * @param scope what the caller's key needs; empty: whoever has the parent may have it
     */
    public record Resolved(DataFetcher<?> resolver, int cost, Optional<Scope> scope) {

        public Resolved(DataFetcher<?> resolver, int cost) {
            this(resolver, cost, Optional.empty());
        }
    }
}

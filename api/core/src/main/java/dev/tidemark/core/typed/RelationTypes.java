package dev.tidemark.core.typed;

import dev.tidemark.core.schema.assembly.MadeType;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All types that are made of one relation alone.
 *
 * @param rows the field by which its rows are read
 * @param told the field by which what is added to a collection is told
 * @param aggregate the field by which numbers about them are
 */
record RelationTypes(
        TypedRelation relation,
        Optional<GraphQLFieldDefinition> rows,
        Optional<GraphQLFieldDefinition> told,
        GraphQLFieldDefinition aggregate,
        List<GraphQLNamedType> types) {

    static RelationTypes of(TypedRelation relation, SharedTypes shared) {
        var enums = ColumnEnums.of(relation);
        var filter = FilterType.of(relation, shared);
        var aggregates = new AggregateTypes(relation, shared, enums, filter);
        List<GraphQLNamedType> types = new ArrayList<>(enums.all());
        types.add(filter);
        types.addAll(aggregates.types());
        var pages = relation.hasPages()
                ? Optional.of(new RowTypes(relation, shared, enums, filter))
                : Optional.<RowTypes>empty();
        pages.ifPresent(added -> types.addAll(added.types()));
        return new RelationTypes(
                relation,
                pages.map(RowTypes::rows),
                pages.filter(added -> relation.isCollection()).map(RowTypes::told),
                aggregates.aggregate(),
                types);
    }

    /**
     * What can be asked of it.
     *
     * @param collections with which a collection can be asked together
     */
    GraphQLObjectType questions(Optional<GraphQLEnumType> collections) {
        var type = GraphQLObjectType.newObject()
                .name(relation.type(MadeType.RELATION))
                .description("What can be asked of " + relation.label() + ".");
        rows.ifPresent(type::field);
        return type.field(collections
                        .filter(others -> relation.isCollection())
                        .map(others -> AggregateTypes.together(aggregate, others))
                        .orElse(aggregate))
                .build();
    }
}

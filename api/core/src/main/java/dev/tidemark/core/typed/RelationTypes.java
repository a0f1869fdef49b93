package dev.tidemark.core.typed;

import dev.tidemark.core.schema.MadeType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import java.util.ArrayList;
import java.util.List;

/**
 * All types that are made of one relation.
 *
 * @param field under {@code Query.data}
 */
record RelationTypes(TypedRelation relation, GraphQLFieldDefinition field, List<GraphQLNamedType> types) {

    static RelationTypes of(TypedRelation relation, SharedTypes shared) {
        var enums = ColumnEnums.of(relation);
        var filter = FilterType.of(relation, shared);
        var aggregates = new AggregateTypes(relation, shared, enums, filter);
        List<GraphQLNamedType> types = new ArrayList<>(enums.all());
        types.add(filter);
        types.addAll(aggregates.types());
        var type = GraphQLObjectType.newObject()
                .name(relation.type(MadeType.RELATION))
                .description("What can be asked of " + relation.label() + ".");
        if (relation.hasPages()) {
            var rows = new RowTypes(relation, shared, enums, filter);
            type.field(rows.rows());
            types.addAll(rows.types());
        }
        var questions = type.field(aggregates.aggregate()).build();
        types.add(questions);
        return new RelationTypes(
                relation, Definitions.field(relation.field(), questions, Descriptions.of(relation)), types);
    }
}

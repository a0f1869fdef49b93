package dev.tidemark.core.typed;

import static dev.tidemark.core.typed.Definitions.constant;

import dev.tidemark.core.schema.assembly.MadeType;
import dev.tidemark.spi.Grouping.DatePart;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLNamedType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The enums of a relation's columns; one without values does not exist.
 *
 * @param groupable its values stand for fields, those of the others for columns
 */
record ColumnEnums(
        Optional<GraphQLEnumType> groupable,
        Optional<GraphQLEnumType> measurable,
        Optional<GraphQLEnumType> numeric,
        Optional<GraphQLEnumType> temporal) {

    static ColumnEnums of(TypedRelation relation) {
        return new ColumnEnums(
                groupable(relation),
                columns(relation, MadeType.MEASURABLE, "What can be measured of ", relation.scalars()),
                columns(relation, MadeType.NUMERIC, "The numbers of ", relation.numbers()),
                columns(relation, MadeType.TEMPORAL, "The times of ", relation.times()));
    }

    List<GraphQLNamedType> all() {
        return Stream.of(groupable, measurable, numeric, temporal)
                .<GraphQLNamedType>flatMap(Optional::stream)
                .toList();
    }

    private static Optional<GraphQLEnumType> groupable(TypedRelation relation) {
        if (relation.groupable().isEmpty()) {
            return Optional.empty();
        }
        var type = GraphQLEnumType.newEnum()
                .name(relation.type(MadeType.GROUPABLE))
                .description("What " + relation.label() + " can be grouped by.");
        relation.groupable().forEach(column -> type.value(constant(column, column.field())));
        if (!relation.times().isEmpty()) {
            for (var part : DatePart.values()) {
                type.value(part.name(), TypedRelation.field(part), Descriptions.of(part));
            }
        }
        return Optional.of(type.build());
    }

    private static Optional<GraphQLEnumType> columns(
            TypedRelation relation, MadeType kind, String description, List<TypedColumn> columns) {
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        var type =
                GraphQLEnumType.newEnum().name(relation.type(kind)).description(description + relation.label() + ".");
        columns.forEach(column -> type.value(constant(column, column.name())));
        return Optional.of(type.build());
    }
}

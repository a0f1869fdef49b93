package dev.tidemark.core.typed;

import static dev.tidemark.core.typed.Definitions.constant;

import dev.tidemark.core.schema.assembly.MadeType;
import dev.tidemark.spi.Grouping.DatePart;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLNamedType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The enums of a relation's columns; one without values does not exist.
 *
 * @param groupable its values stand for fields, those of the others for columns
 * @param sortable by which rows can be ordered
 * @param measured what each measure can be of
 */
record ColumnEnums(
        Optional<GraphQLEnumType> groupable,
        Optional<GraphQLEnumType> sortable,
        Optional<GraphQLEnumType> temporal,
        Map<MeasureField, GraphQLEnumType> measured) {

    static ColumnEnums of(TypedRelation relation) {
        var scalars = columns(relation, MadeType.MEASURABLE, "What can be measured of ", relation.scalars());
        var numbers = columns(relation, MadeType.NUMERIC, "The numbers of ", relation.numbers());
        var measured = new EnumMap<MeasureField, GraphQLEnumType>(MeasureField.class);
        relation.measurable().forEach((measure, columns) -> {
            var type = columns.equals(relation.scalars())
                    ? scalars
                    : columns.equals(relation.numbers()) ? numbers : ofMeasure(relation, measure, columns);
            type.ifPresent(found -> measured.put(measure, found));
        });
        return new ColumnEnums(
                groupable(relation),
                relation.hasPages() ? scalars : Optional.empty(),
                columns(relation, MadeType.TEMPORAL, "The times of ", relation.times()),
                measured);
    }

    /** What the measure can be of; empty where there is nothing. */
    Optional<GraphQLEnumType> of(MeasureField measure) {
        return Optional.ofNullable(measured.get(measure));
    }

    List<GraphQLNamedType> all() {
        return Stream.concat(
                        Stream.of(groupable, sortable, temporal).flatMap(Optional::stream), measured.values().stream())
                .<GraphQLNamedType>map(type -> type)
                .distinct()
                .toList();
    }

    private static Optional<GraphQLEnumType> ofMeasure(
            TypedRelation relation, MeasureField measure, List<TypedColumn> columns) {
        return measure.columns()
                .flatMap(kind -> columns(relation, kind, "Of what " + measure.fieldName() + " is kept in ", columns));
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

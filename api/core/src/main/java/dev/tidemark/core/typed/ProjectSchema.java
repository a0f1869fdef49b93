package dev.tidemark.core.typed;

import dev.tidemark.core.schema.assembly.ExecutableSchema;
import dev.tidemark.core.schema.assembly.MadeType;
import dev.tidemark.core.schema.assembly.RootType;
import dev.tidemark.core.schema.assembly.SchemaAddition;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The schema of one project at one moment.
 *
 * @param version of the catalogue that it was made for
 * @param parts what the next one may keep
 */
record ProjectSchema(long version, List<RelationTypes> parts, ExecutableSchema schema) {

    static ProjectSchema of(long version, List<TypedRelation> relations, List<RelationTypes> known, SharedPart shared) {
        var byName =
                known.stream().collect(Collectors.toMap(part -> part.relation().name(), Function.identity()));
        var types = new SharedTypes(shared.schema().schema());
        var parts = relations.stream()
                .map(relation -> {
                    var part = byName.get(relation.name());
                    return part != null && part.relation().equals(relation) ? part : RelationTypes.of(relation, types);
                })
                .toList();
        var schema = parts.isEmpty() ? shared.schema() : shared.schema().with(addition(parts, shared));
        return new ProjectSchema(version, parts, schema);
    }

    int columns() {
        return parts.stream().mapToInt(part -> part.relation().columns().size()).sum();
    }

    /** A type needs a field, so a project without relations has no {@code data}. */
    private static SchemaAddition addition(List<RelationTypes> parts, SharedPart shared) {
        var data = GraphQLObjectType.newObject()
                .name(MadeType.ROOT)
                .description(
                        "What this project has: a field for every collection, and for every relation of a module.");
        List<GraphQLNamedType> types = new ArrayList<>();
        Map<FieldCoordinates, SchemaAddition.Resolved> fields = new HashMap<>();
        var resolvers = new RelationResolvers(shared.questions());
        var collections =
                CollectionsEnum.of(parts.stream().map(RelationTypes::relation).toList());
        collections.ifPresent(types::add);
        for (var part : parts) {
            var relation = part.relation();
            var type = part.questions(collections);
            data.field(Definitions.field(relation.field(), type, Descriptions.of(relation)));
            types.add(type);
            types.addAll(part.types());
            fields.putAll(resolvers.of(relation));
        }
        var root = data.build();
        types.add(root);
        fields.put(FieldCoordinates.coordinates(RootType.QUERY, MadeType.FIELD), RelationResolvers.ROOT);
        var event = shared.feeds().flatMap(feeds -> DataEvent.of(parts, shared.questions(), feeds));
        event.ifPresent(told -> {
            types.add(told.type());
            fields.putAll(told.resolvers());
        });
        return new SchemaAddition(
                Definitions.field(MadeType.FIELD, root, "Typed questions about what this project has."),
                event.map(DataEvent::subscription),
                types,
                fields);
    }
}

package dev.tidemark.core.typed;

import dev.tidemark.core.schema.assembly.MadeType;
import graphql.schema.GraphQLEnumType;
import java.util.List;
import java.util.Optional;

/** The enum of a project's collections, by which several are asked as one; its values stand for their names. */
final class CollectionsEnum {

    private CollectionsEnum() {}

    /** Empty where there are not two. */
    static Optional<GraphQLEnumType> of(List<TypedRelation> relations) {
        var collections = relations.stream().filter(TypedRelation::isCollection).toList();
        if (collections.size() < 2) {
            return Optional.empty();
        }
        var type = GraphQLEnumType.newEnum().name(MadeType.COLLECTIONS).description("The collections of this project.");
        for (var collection : collections) {
            type.value(
                    collection.constant(),
                    collection.name(),
                    collection.description().orElse("Collection \"" + collection.label() + "\"."));
        }
        return Optional.of(type.build());
    }
}

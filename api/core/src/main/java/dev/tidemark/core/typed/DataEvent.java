package dev.tidemark.core.typed;

import static dev.tidemark.core.typed.Definitions.argument;
import static dev.tidemark.core.typed.Definitions.field;

import dev.tidemark.core.questions.QuestionEngine;
import dev.tidemark.core.schema.assembly.MadeType;
import dev.tidemark.core.schema.assembly.RootType;
import dev.tidemark.core.schema.assembly.SchemaAddition.Resolved;
import dev.tidemark.spi.EventFeeds;
import dev.tidemark.spi.Scope;
import graphql.Scalars;
import graphql.TrivialDataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The typed subscription to events.
 *
 * @param type what it tells: it has a field for every collection
 */
record DataEvent(
        GraphQLFieldDefinition subscription, GraphQLObjectType type, Map<FieldCoordinates, Resolved> resolvers) {

    private static final int COST = 10;

    /** Null where the event is none of those that were selected. */
    private static final TrivialDataFetcher<Object> TOLD = environment -> {
        Map<?, ?> told = Objects.requireNonNull(environment.getSource());
        return told.get(environment.getExecutionStepInfo().getResultKey());
    };

    /** Empty where there is no collection: a type needs a field. */
    static Optional<DataEvent> of(List<RelationTypes> parts, QuestionEngine questions, EventFeeds feeds) {
        Map<String, TypedRelation> relations = new HashMap<>();
        Map<FieldCoordinates, Resolved> resolvers = new HashMap<>();
        var type = GraphQLObjectType.newObject()
                .name(MadeType.EVENT)
                .description(
                        "An event of one of the collections that were selected. Where one collection is selected several"
                                + " times, with other conditions, give these different aliases.");
        for (var part : parts) {
            part.told().ifPresent(told -> {
                type.field(told);
                relations.put(told.getName(), part.relation());
                resolvers.put(FieldCoordinates.coordinates(MadeType.EVENT, told.getName()), new Resolved(TOLD, 0));
            });
        }
        if (relations.isEmpty()) {
            return Optional.empty();
        }
        resolvers.put(
                FieldCoordinates.coordinates(RootType.SUBSCRIPTION, MadeType.FIELD),
                new Resolved(new TypedEvents(relations, questions, feeds), COST, Optional.of(Scope.READ)));
        var event = type.build();
        return Optional.of(new DataEvent(subscription(event), event, resolvers));
    }

    private static GraphQLFieldDefinition subscription(GraphQLObjectType event) {
        return field(
                MadeType.FIELD,
                event,
                "Events of the collections that are selected, as they are stored, on whichever node, in the order of their"
                        + " commits. It begins with the next one, or after a cursor, and tells what the subscription events tells, in"
                        + " types of this project: cursors of one are cursors of the other. A row's person is whose id the event"
                        + " itself has. Errors: BAD_USER_INPUT for values that do not fit, STALE_CURSOR when events after the cursor"
                        + " were deleted because of their age, RATE_LIMITED when the project's subscribers have too many different"
                        + " conditions.",
                argument(
                        "after",
                        Scalars.GraphQLString,
                        "The cursor of the last event that is known already: those after it come first, then the new ones,"
                                + " none missing and none twice."));
    }
}

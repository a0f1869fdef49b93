package dev.tidemark.core.typed;

import dev.tidemark.core.questions.AggregateResolvers;
import dev.tidemark.core.questions.ExplainResolvers;
import dev.tidemark.core.questions.QuestionEngine;
import dev.tidemark.core.questions.input.AggregateInput;
import dev.tidemark.core.schema.assembly.MadeType;
import dev.tidemark.core.schema.assembly.SchemaAddition.Resolved;
import dev.tidemark.spi.Scope;
import graphql.TrivialDataFetcher;
import graphql.schema.FieldCoordinates;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the fields of a relation's types are resolved. What they cost is what the fields that name a collection cost. */
final class RelationResolvers {

    private static final int COST_OF_ROWS = 100;
    private static final int COST_OF_AGGREGATE = 200;
    private static final int COST_OF_EXPLAIN = 10;

    /** What is below has resolvers of its own. */
    private static final TrivialDataFetcher<Object> LEADS_ON = environment -> Map.of();

    static final Resolved ROOT = new Resolved(LEADS_ON, 0, Optional.of(Scope.READ));

    private static final MeasureValue MEASURE = new MeasureValue();

    private static final BucketValue BUCKET = new BucketValue();

    /** Of a group's values those that are known of the person. */
    private static final TrivialDataFetcher<Object> OF_PERSON = environment -> {
        Map<String, @Nullable Object> group = Objects.requireNonNull(environment.getSource());
        var ofPerson = new LinkedHashMap<String, @Nullable Object>();
        group.forEach((name, value) -> {
            if (name.startsWith(TypedRelation.ofPerson(""))) {
                ofPerson.put(name.substring(TypedRelation.ofPerson("").length()), value);
            }
        });
        return ofPerson;
    };

    private final QuestionEngine questions;
    private final AggregateResolvers aggregates;
    private final ExplainResolvers explanations;

    RelationResolvers(QuestionEngine questions) {
        this.questions = questions;
        this.aggregates = new AggregateResolvers(questions);
        this.explanations = new ExplainResolvers(questions);
    }

    Map<FieldCoordinates, Resolved> of(TypedRelation relation) {
        var fields = new HashMap<FieldCoordinates, Resolved>();
        fields.put(FieldCoordinates.coordinates(MadeType.ROOT, relation.field()), new Resolved(LEADS_ON, 0));
        var questionsType = relation.type(MadeType.RELATION);
        fields.put(
                FieldCoordinates.coordinates(questionsType, AggregateTypes.AGGREGATE),
                new Resolved(new TypedAggregate(relation, aggregates), COST_OF_AGGREGATE));
        fields.put(
                FieldCoordinates.coordinates(relation.type(MadeType.AGGREGATE), AggregateTypes.EXPLAIN),
                new Resolved(explanations::aggregation, COST_OF_EXPLAIN, Optional.of(Scope.MASTER)));
        if (relation.hasPages()) {
            fields.put(
                    FieldCoordinates.coordinates(questionsType, RowTypes.ROWS),
                    new Resolved(new TypedRows(relation, questions), COST_OF_ROWS));
            fields.put(
                    FieldCoordinates.coordinates(relation.type(MadeType.CONNECTION), AggregateTypes.EXPLAIN),
                    new Resolved(explanations::page, COST_OF_EXPLAIN, Optional.of(Scope.MASTER)));
        }
        ofGroup(relation, fields);
        return fields;
    }

    private void ofGroup(TypedRelation relation, Map<FieldCoordinates, Resolved> fields) {
        var group = relation.type(MadeType.GROUP);
        var earlier = relation.type(MadeType.EARLIER);
        fields.put(FieldCoordinates.coordinates(group, AggregateInput.BUCKET), new Resolved(BUCKET, 0));
        var measures = Stream.of(MeasureField.values()).map(MeasureField::fieldName);
        Stream.concat(measures, Stream.of(RatioField.NAME)).forEach(measure -> {
            fields.put(FieldCoordinates.coordinates(group, measure), new Resolved(MEASURE, 0));
            fields.put(FieldCoordinates.coordinates(earlier, measure), new Resolved(MEASURE, 0));
        });
        relation.people()
                .ifPresent(known -> fields.put(
                        FieldCoordinates.coordinates(relation.type(MadeType.KEY), TypedRelation.PERSON_PROPERTIES),
                        new Resolved(OF_PERSON, 0)));
        if (relation.isCollection()) {
            fields.put(
                    FieldCoordinates.coordinates(group, AggregateTypes.PEOPLE),
                    new Resolved(aggregates::people, COST_OF_ROWS));
            fields.put(
                    FieldCoordinates.coordinates(group, AggregateTypes.EVENTS),
                    new Resolved(aggregates::events, COST_OF_ROWS));
        }
    }
}

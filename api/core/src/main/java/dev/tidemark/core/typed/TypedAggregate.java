package dev.tidemark.core.typed;

import dev.tidemark.core.questions.AggregateResolvers;
import dev.tidemark.core.questions.answers.Aggregation;
import dev.tidemark.core.questions.input.AggregateInput;
import dev.tidemark.core.questions.input.ConditionInput;
import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Grouping;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.stream.Stream;

/** Asks for numbers about groups of a relation's rows. */
record TypedAggregate(TypedRelation relation, AggregateResolvers aggregates) implements DataFetcher<Aggregation> {

    @Override
    public Aggregation get(DataFetchingEnvironment environment) {
        return aggregates.answered(environment, question(environment));
    }

    private Aggregate question(DataFetchingEnvironment environment) {
        var arguments = Arguments.of(environment);
        var selection = Selection.of(environment.getSelectionSet(), relation);
        var groupings = groupings(arguments);
        requireGrouped(selection, groupings);
        return AggregateInput.question(
                arguments,
                relations(arguments),
                ConditionInput.typed(arguments, relation::columnOf),
                groupings,
                selection.all());
    }

    private List<String> relations(Arguments arguments) {
        return Stream.concat(Stream.of(relation.name()), arguments.texts(AggregateTypes.UNION).stream())
                .toList();
    }

    private List<Grouping> groupings(Arguments arguments) {
        var fields = arguments.texts(AggregateTypes.GROUP_BY);
        var ofPerson = arguments.texts(AggregateTypes.GROUP_BY_PERSON);
        var count = fields.size() + ofPerson.size();
        if (count > AggregateInput.MOST_GROUPINGS) {
            throw new CallerException(
                    ErrorCode.QUERY_TOO_COMPLEX,
                    "groupBy has " + count + " entries, and " + AggregateInput.MOST_GROUPINGS + " are allowed.",
                    AggregateTypes.GROUP_BY);
        }
        return Stream.concat(
                        fields.stream().map(field -> grouping(field, arguments)),
                        ofPerson.stream().map(this::ofPerson))
                .toList();
    }

    /** @param column of what is known of people */
    private Grouping ofPerson(String column) {
        var field = relation.people().orElseThrow().fieldOf(column);
        return new Grouping.ByColumn(TypedRelation.ofPerson(field), EventCollection.OF_PERSON + column);
    }

    private Grouping grouping(String field, Arguments arguments) {
        return TypedRelation.part(field)
                .<Grouping>map(part -> new Grouping.ByPart(
                        field, arguments.required(AggregateTypes.PARTS_OF), part, AggregateInput.zone(arguments)))
                .orElseGet(() -> new Grouping.ByColumn(field, relation.columnOf(field)));
    }

    private static void requireGrouped(Selection selection, List<Grouping> groupings) {
        var grouped = groupings.stream().map(Grouping::name).toList();
        selection.groupings().stream()
                .filter(field -> !grouped.contains(field))
                .findFirst()
                .ifPresent(field -> {
                    throw new CallerException(
                            ErrorCode.BAD_USER_INPUT,
                            "group has no " + field + " here: add " + remedy(field) + ", or take the field away.",
                            AggregateTypes.GROUP_BY);
                });
    }

    private static String remedy(String field) {
        var prefix = TypedRelation.ofPerson("");
        return field.startsWith(prefix)
                ? TypedColumn.constant(field.substring(prefix.length())) + " to " + AggregateTypes.GROUP_BY_PERSON
                : TypedColumn.constant(field) + " to " + AggregateTypes.GROUP_BY;
    }
}

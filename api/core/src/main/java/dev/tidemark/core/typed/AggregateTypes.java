package dev.tidemark.core.typed;

import static dev.tidemark.core.typed.Definitions.argument;
import static dev.tidemark.core.typed.Definitions.field;
import static dev.tidemark.core.typed.Definitions.input;
import static dev.tidemark.core.typed.SharedTypes.listOf;
import static dev.tidemark.core.typed.SharedTypes.required;
import static graphql.schema.GraphQLTypeReference.typeRef;

import dev.tidemark.core.questions.input.AggregateInput;
import dev.tidemark.core.schema.assembly.MadeType;
import dev.tidemark.spi.Grouping.DatePart;
import graphql.Scalars;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import java.util.ArrayList;
import java.util.List;

/** The types by which numbers about groups of a relation's rows are read. */
final class AggregateTypes {

    static final String AGGREGATE = "aggregate";
    static final String UNION = "union";
    static final String GROUP_BY = "groupBy";
    static final String GROUP_BY_PERSON = "groupByPerson";
    static final String PARTS_OF = "partsOf";
    static final String GROUPS = "rows";
    static final String KEY = "group";
    static final String EARLIER = "earlier";
    static final String EXPLAIN = "explain";
    static final String PEOPLE = "people";
    static final String EVENTS = "events";

    private static final int USUAL_PAGE = 20;

    private final TypedRelation relation;
    private final SharedTypes shared;
    private final ColumnEnums enums;
    private final GraphQLInputObjectType filter;
    private final List<GraphQLNamedType> types = new ArrayList<>();
    private final GraphQLFieldDefinition aggregate;

    AggregateTypes(TypedRelation relation, SharedTypes shared, ColumnEnums enums, GraphQLInputObjectType filter) {
        this.relation = relation;
        this.shared = shared;
        this.enums = enums;
        this.filter = filter;
        this.aggregate = aggregate(answer(group()));
    }

    List<GraphQLNamedType> types() {
        return types;
    }

    GraphQLFieldDefinition aggregate() {
        return aggregate;
    }

    /** The aggregate of a collection, which can be asked together with others. */
    static GraphQLFieldDefinition together(GraphQLFieldDefinition aggregate, GraphQLEnumType collections) {
        return aggregate.transform(
                field -> field.argument(
                        argument(
                                UNION,
                                listOf(collections),
                                "More collections, whose events count as well, as if all were one. A property that one of them lacks is"
                                        + " null there; one that has another type there is BAD_USER_INPUT. COLLECTION tells them apart.")));
    }

    private GraphQLObjectType answer(GraphQLObjectType group) {
        return add(GraphQLObjectType.newObject()
                .name(relation.type(MadeType.AGGREGATE))
                .description("Numbers about " + relation.label() + ".")
                .field(field(GROUPS, required(listOf(group)), "The groups in their order, the rest last."))
                .field(field(
                        "freshness",
                        shared.output("Freshness"),
                        "How true the numbers are; null when only explain was asked for."))
                .field(field(
                        EXPLAIN,
                        shared.output("Explanation"),
                        "How it is answered, for keys with the scope MASTER. Asked for alone, nothing else is done."))
                .build());
    }

    private GraphQLObjectType group() {
        var type = GraphQLObjectType.newObject()
                .name(relation.type(MadeType.GROUP))
                .description("A group of " + relation.label()
                        + " and its measures, each by its arguments; give measures of one kind different aliases.");
        if (enums.temporal().isPresent()) {
            type.field(field(
                    AggregateInput.BUCKET,
                    shared.output("DateTime"),
                    "When the bucket begins; null without timeBucket, for the rest, and where there is no time.",
                    argument(BucketValue.NAME, Scalars.GraphQLString, "The bucket's name. Without it: the first.")));
            type.field(field(EARLIER, earlier(), "What it was at the earlier time; null without compare."));
        }
        if (enums.groupable().isPresent()) {
            type.field(field(KEY, required(key()), "The values of what is grouped by."));
        }
        addMeasures(type);
        if (relation.isCollection()) {
            type.field(page(PEOPLE, "PersonConnection", "Who is behind it, by their ids."));
            type.field(page(EVENTS, "EventConnection", "Its events, the last that was received first."));
        }
        return add(type.field(field(
                        "isRest",
                        required(Scalars.GraphQLBoolean),
                        "Whether this is all that is in none of the groups listed."))
                .build());
    }

    private void addMeasures(GraphQLObjectType.Builder type) {
        for (var measure : MeasureField.values()) {
            measure.definition(enums, shared, filter).ifPresent(definition -> type.field(definition));
        }
        type.field(RatioField.DEFINITION);
    }

    private GraphQLFieldDefinition page(String name, String type, String description) {
        return field(
                name,
                shared.output(type),
                description + " It needs first on the aggregate, of which it costs so many times.",
                argument("first", required(Scalars.GraphQLInt), USUAL_PAGE, "The size of a page, 1 to 1000."),
                argument("after", Scalars.GraphQLString, "The cursor after which the page begins."));
    }

    private GraphQLObjectType earlier() {
        var type = GraphQLObjectType.newObject()
                .name(relation.type(MadeType.EARLIER))
                .description("What a group of " + relation.label() + " was at an earlier time.")
                .field(field(
                        AggregateInput.BUCKET,
                        shared.output("DateTime"),
                        "When the corresponding bucket begins; null without timeBucket, and for the rest."));
        addMeasures(type);
        return add(type.field(field(
                        "change",
                        required(shared.output("JSON")),
                        "The measures of now less those of then, by their keys; null where either is null or"
                                + " no number."))
                .field(field(
                        "growth",
                        required(shared.output("JSON")),
                        "The change divided by what it changed from, 0.5 being half as much again, by the measures'"
                                + " keys; null where that is zero or null."))
                .build());
    }

    private GraphQLObjectType key() {
        var type = GraphQLObjectType.newObject()
                .name(relation.type(MadeType.KEY))
                .description("The values of what " + relation.label()
                        + " are grouped by; null where there is no value, and for the rest. What is not in"
                        + " groupBy is refused.");
        relation.groupable().forEach(column -> type.field(field(column, shared.output(column.type()))));
        if (enums.temporal().isPresent()) {
            for (var part : DatePart.values()) {
                type.field(field(TypedRelation.field(part), Scalars.GraphQLInt, Descriptions.of(part)));
            }
        }
        relation.people()
                .ifPresent(
                        known -> type.field(
                                field(
                                        TypedRelation.PERSON_PROPERTIES,
                                        typeRef(known.type(MadeType.ROW)),
                                        "The values of what is known of the person behind it. What is not in groupByPerson is refused.")));
        return add(type.build());
    }

    private GraphQLFieldDefinition aggregate(GraphQLObjectType answer) {
        List<GraphQLArgument> arguments = new ArrayList<>();
        arguments.add(argument("where", filter, "Only rows that pass."));
        enums.groupable()
                .ifPresent(columns -> arguments.add(argument(
                        GROUP_BY, listOf(columns), "At most 10. Without it and timeBucket everything is one group.")));
        relation.people()
                .ifPresent(
                        known -> arguments.add(
                                argument(
                                        GROUP_BY_PERSON,
                                        listOf(typeRef(known.type(MadeType.MEASURABLE))),
                                        "What is known of the people behind rows, as they are known now: groups by it too, 10 with groupBy.")));
        enums.temporal().ifPresent(times -> arguments.addAll(ofTimes(times)));
        arguments.addAll(ofGroups());
        return field(
                AGGREGATE,
                answer,
                "Numbers about groups of rows. Errors: BAD_USER_INPUT for what does not fit, QUERY_TOO_COMPLEX for more"
                        + " than 10000 groups, QUERY_TIMEOUT.",
                arguments);
    }

    private List<GraphQLArgument> ofTimes(GraphQLEnumType times) {
        var usual = relation.times().getFirst().constant();
        return List.of(
                argument(
                        PARTS_OF,
                        required(times),
                        usual,
                        "The time of which groupBy takes parts, such as HOUR_OF_DAY."),
                argument(
                        "timeBucket", listOf(bucket(times, usual)), "Groups by stretches of time as well, at most 10."),
                argument(
                        "zone",
                        required(Scalars.GraphQLString),
                        "UTC",
                        "The time zone of buckets and parts: a name such as Europe/Berlin, or an offset such as"
                                + " +05:30."),
                argument(
                        "fillGaps",
                        required(Scalars.GraphQLBoolean),
                        false,
                        "Adds the buckets in which nothing happened, between the bounds that where sets for the"
                                + " bucket's time, else between the first and the last bucket found; for every combination"
                                + " found of the other groupings."),
                argument(
                        "compare",
                        shared.input("EarlierTime"),
                        "Answers each group, and the rest, for an earlier time as well. Which time that is follows from"
                                + " the bounds that where sets, gte and lt, for the bucket's time."));
    }

    private GraphQLInputObjectType bucket(GraphQLEnumType times, String usual) {
        return add(GraphQLInputObjectType.newInputObject()
                .name(relation.type(MadeType.BUCKET))
                .description("Stretches of local time, as in TimeBucket.")
                .field(input(
                        "unit",
                        required(shared.input("TimeUnit")),
                        "The unit. Days begin at midnight, weeks on Monday."))
                .field(input(
                        "every",
                        required(Scalars.GraphQLInt),
                        1,
                        "So many units make a bucket, counted from midnight: more than 1 only for SECOND and MINUTE,"
                                + " where it divides 60, and HOUR, where it divides 24."))
                .field(input("property", required(times), usual, "The time; for a DATE, days and longer."))
                .field(input(
                        BucketValue.NAME,
                        Scalars.GraphQLString,
                        "Its name, by which bucket reads it and orderBy orders. Without it: bucket for the first."))
                .build());
    }

    private List<GraphQLArgument> ofGroups() {
        return List.of(
                argument(
                        "having",
                        listOf(shared.input("Having")),
                        "Only groups whose measures pass all of these, at most 20. A measure goes by its key among the"
                                + " fields of rows: its alias, else its name."),
                argument(
                        "orderBy",
                        listOf(shared.input("OrderBy")),
                        "By keys of measures among the fields of rows, fields of group (personProperties.plan is one in"
                                + " personProperties), or bucket; groups without the value come last. Without it, or where it leaves a choice: by the groupings."),
                argument("first", Scalars.GraphQLInt, "At most that many groups, 1 to 10000."),
                argument(
                        "rest",
                        required(Scalars.GraphQLBoolean),
                        false,
                        "Adds one row for all that is in none of the groups listed: those beyond first, and those that"
                                + " having left out."),
                argument(
                        "approximate",
                        required(Scalars.GraphQLBoolean),
                        false,
                        "Whether estimates will do for distinct, percentile and top, where a rollup keeps them: freshness"
                                + " tells how far off they may be."));
    }

    private <T extends GraphQLNamedType> T add(T type) {
        types.add(type);
        return type;
    }
}

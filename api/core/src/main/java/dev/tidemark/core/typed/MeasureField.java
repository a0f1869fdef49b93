package dev.tidemark.core.typed;

import static dev.tidemark.core.typed.Definitions.argument;
import static dev.tidemark.core.typed.Definitions.field;
import static dev.tidemark.core.typed.SharedTypes.listOf;
import static dev.tidemark.core.typed.SharedTypes.required;

import dev.tidemark.core.catalog.names.Names;
import dev.tidemark.core.questions.input.ConditionInput;
import dev.tidemark.core.schema.assembly.MadeType;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Measure;
import dev.tidemark.spi.Relation;
import graphql.Scalars;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLOutputType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A measure as a field with arguments. */
enum MeasureField {
    COUNT("How many."),
    DISTINCT(MadeType.OF_DISTINCT, "How many different values, exactly."),
    APPROXIMATE_DISTINCT(
            MadeType.OF_APPROXIMATE_DISTINCT,
            "About how many different values, estimated by HyperLogLog: off by 2.3% (one standard error), and quicker"
                    + " where there are many."),
    SUM(MadeType.OF_SUM, "The sum, exact for whole numbers. Null when there is no value."),
    AVG(MadeType.OF_AVG, "The mean. Null when there is no value."),
    MIN(MadeType.OF_MIN, "The least number, text, moment or day. Null when there is no value."),
    MAX(MadeType.OF_MAX, "The greatest number, text, moment or day. Null when there is no value."),
    PERCENTILE(
            MadeType.OF_PERCENTILE,
            "The number below which the part p of all numbers lies, interpolated between neighbours."),
    TOP(MadeType.OF_TOP, "The most frequent values, the most frequent first, equals by value.");

    private static final int USUAL_TOP = 10;
    private static final double MEDIAN = 0.5;
    private static final String OF = "of";
    private static final String P = "p";
    private static final String N = "n";
    private static final String WHERE = "where";

    private final Optional<MadeType> columns;
    private final String description;

    MeasureField(String description) {
        this.columns = Optional.empty();
        this.description = description;
    }

    /** @param columns what a type of its own is called that has the columns it can be of */
    MeasureField(MadeType columns, String description) {
        this.columns = Optional.of(columns);
        this.description = description;
    }

    String fieldName() {
        return Names.graphql(name().toLowerCase(Locale.ROOT));
    }

    static Optional<MeasureField> named(String field) {
        return Stream.of(values())
                .filter(measure -> measure.fieldName().equals(field))
                .findFirst();
    }

    Optional<MadeType> columns() {
        return columns;
    }

    /** Whether the relation answers it of the column. */
    boolean isOf(TypedColumn column, Relation relation) {
        return takes(column) && relation.measures(measure(fieldName(), column.name(), MEDIAN, USUAL_TOP));
    }

    private boolean takes(TypedColumn column) {
        return switch (this) {
            case COUNT -> false;
            case SUM, AVG, PERCENTILE -> column.isNumber();
            default -> column.isMeasurable();
        };
    }

    /** Empty when the relation has no column that it could be of. */
    Optional<GraphQLFieldDefinition> definition(ColumnEnums enums, SharedTypes shared, GraphQLInputObjectType filter) {
        var where = argument(WHERE, filter, "Only rows of the group that pass.");
        return this == COUNT
                ? Optional.of(field(fieldName(), type(shared), description, where))
                : enums.of(this)
                        .map(columns -> field(fieldName(), type(shared), description, arguments(columns, where)));
    }

    private List<GraphQLArgument> arguments(GraphQLEnumType columns, GraphQLArgument where) {
        var of = argument(OF, required(columns), "The column to compute it of.");
        return switch (this) {
            case PERCENTILE ->
                List.of(of, argument(P, required(Scalars.GraphQLFloat), "From 0 to 1, 0.5 being the median."), where);
            case TOP ->
                List.of(
                        of,
                        argument(N, required(Scalars.GraphQLInt), USUAL_TOP, "At most that many, 1 to 100."),
                        where);
            default -> List.of(of, where);
        };
    }

    private GraphQLOutputType type(SharedTypes shared) {
        return switch (this) {
            case COUNT, DISTINCT, APPROXIMATE_DISTINCT -> required(shared.output("Long"));
            case SUM -> shared.output("Decimal");
            case AVG, PERCENTILE -> Scalars.GraphQLFloat;
            case MIN, MAX -> shared.output("JSON");
            case TOP -> required(listOf(shared.output("TopValue")));
        };
    }

    /**
     * @param name its key in the selection
     * @param columns the column of a field
     */
    Measure measure(String name, Arguments arguments, UnaryOperator<String> columns) {
        var measure = measure(
                name,
                arguments.text(OF).orElse(""),
                arguments.value(P).map(p -> ((Number) p).doubleValue()).orElse(MEDIAN),
                arguments.number(N).orElse(USUAL_TOP));
        return arguments.object(WHERE).isPresent()
                ? new Measure.Filtered(measure, ConditionInput.typed(arguments, columns))
                : measure;
    }

    private Measure measure(String name, String of, double p, int n) {
        return switch (this) {
            case COUNT -> new Measure.Count(name);
            case DISTINCT -> new Measure.Distinct(name, of);
            case APPROXIMATE_DISTINCT -> new Measure.ApproximateDistinct(name, of);
            case SUM -> new Measure.Sum(name, of);
            case AVG -> new Measure.Average(name, of);
            case MIN -> new Measure.Min(name, of);
            case MAX -> new Measure.Max(name, of);
            case PERCENTILE -> new Measure.Percentile(name, of, p);
            case TOP -> new Measure.Top(name, of, n);
        };
    }
}

package dev.tidemark.core.schema.assembly;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The types that are made of a relation of a project, such as {@code PageViewRow}: each is named by the relation and one
 * of these endings, which no type of a module may have. No ending ends in another one, so a name tells which relation and
 * which kind of type it belongs to, whatever the relations are called.
 */
public enum MadeType {
    /** What a relation can be asked. */
    RELATION("Relation"),
    ROW("Row"),
    CONNECTION("RowConnection"),
    EDGE("RowEdge"),
    ORDER("RowOrder"),
    FILTER("Filter"),
    /** What can be grouped by. */
    GROUPABLE("Groupable"),
    /** Columns of single values, which can be measured and ordered by. */
    MEASURABLE("Measurable"),
    /** Columns of numbers. */
    NUMERIC("Numeric"),
    /** Columns of which a relation that does not answer every measure of every column answers this one. */
    OF_DISTINCT("OfDistinct"),
    OF_APPROXIMATE_DISTINCT("OfApproximateDistinct"),
    OF_SUM("OfSum"),
    OF_AVG("OfAvg"),
    OF_MIN("OfMin"),
    OF_MAX("OfMax"),
    OF_PERCENTILE("OfPercentile"),
    OF_TOP("OfTop"),
    /** Columns of moments and days. */
    TEMPORAL("Temporal"),
    BUCKET("TimeBucket"),
    AGGREGATE("Aggregate"),
    GROUP("AggregateGroup"),
    KEY("AggregateKey"),
    EARLIER("AggregateEarlier");

    /** The type of {@link #FIELD}, whose fields are the relations. */
    public static final String ROOT = "Data";

    /** The type of the subscription {@link #FIELD}, whose fields are the collections. */
    public static final String EVENT = "DataEvent";

    /** The field of {@code Query}, and that of {@code Subscription}, that leads to a project's own part of the schema. */
    public static final String FIELD = "data";

    /** The enum of a project's collections. No type made of a relation is called so: that is no ending. */
    public static final String COLLECTIONS = "DataCollection";

    private final String ending;

    MadeType(String ending) {
        this.ending = ending;
    }

    /** @param relation the relation's name in typed fields */
    public String of(String relation) {
        return Character.toUpperCase(relation.charAt(0)) + relation.substring(1) + ending;
    }

    /** The ending of a name that only a made type may have. */
    static Optional<String> endingOf(String name) {
        return Stream.of(values())
                .map(type -> type.ending)
                .filter(ending -> name.endsWith(ending) && name.length() > ending.length())
                .findFirst();
    }
}

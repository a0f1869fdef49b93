package dev.tidemark.rollups.definition;

import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Events;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Grouping.TimeUnit;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.Relation.Column;
import dev.tidemark.spi.SqlColumn;
import dev.tidemark.spi.SqlRelation;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Reads GraphQL's {@code CreateRollupInput}. Errors have the path from it. */
public final class RollupInput {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,47}");
    private static final int MOST_DIMENSIONS = 10;
    private static final int MOST_MEASURES = 20;
    private static final Duration SHORTEST_KEEP = Duration.ofHours(1);
    private static final Duration LONGEST_KEEP = Duration.ofDays(36_500);
    private static final Set<ColumnType> GROUPABLE =
            Set.of(ColumnType.BOOLEAN, ColumnType.LONG, ColumnType.TEXT, ColumnType.DATE);
    private static final Set<String> OF_ONE_EVENT = Set.of(EventCollection.ID, "_message_id", "_collection");

    private final Questions questions;
    private final Arguments input;
    private final EventCollection collection;
    private final SqlRelation events;
    private final List<Rollup> rollups;

    /** @param rollups those that there are */
    public RollupInput(
            Questions questions, Events collections, Project project, List<Rollup> rollups, Arguments input) {
        this.questions = questions;
        this.rollups = rollups;
        this.input = input;
        this.collection = collections
                .collection(project, input.required("collection"))
                .orElseThrow(() -> refused(
                        "There is no collection \"" + input.required("collection")
                                + "\": send an event, or declare it first.",
                        "collection"));
        this.events = questions.sqlRelation(project, List.of(collection.name()));
    }

    public Rollup rollup() {
        var name = input.required("name");
        require(
                NAME.matcher(name).matches(),
                "A rollup's name has 1 to 48 lower-case letters, digits and underscores, and begins with a letter.",
                "name");
        var where = input.object("where");
        var rollup = new Rollup(
                name,
                collection.name(),
                dimensions(),
                bucket(input.object("bucket").orElseThrow()),
                measures(),
                where.map(questions::text),
                where.map(this::filter).orElse(Filter.ALL),
                input.value("keep").map(Duration.class::cast),
                input.text("cascade"));
        rollup.keep().ifPresent(keep -> requireFit(rollup.bucket(), keep));
        return rollup.cascade().isPresent() ? cascade(rollup) : rollup;
    }

    private static void requireFit(Bucket bucket, Duration keep) {
        require(
                keep.compareTo(SHORTEST_KEEP) >= 0
                        && keep.compareTo(LONGEST_KEEP) <= 0
                        && keep.compareTo(bucket.length()) >= 0,
                "Buckets are kept from an hour (PT1H), and as long as one is, to 100 years (P36500D).",
                "keep");
    }

    private Rollup cascade(Rollup rollup) {
        require(rollup.condition().isEmpty(), "It has the condition of the other rollup: leave where out.", "where");
        var source = rollups.stream()
                .filter(other -> other.name().equals(rollup.follower()))
                .findFirst()
                .orElseThrow(() -> refused("There is no rollup \"" + rollup.follower() + "\".", "cascade"));
        return new Cascade(rollup, source).rollup();
    }

    private List<Column> dimensions() {
        var names = input.texts("dimensions");
        require(names.size() <= MOST_DIMENSIONS, "A rollup has at most 10 dimensions.", "dimensions");
        var dimensions = names.stream().map(this::dimension).toList();
        require(
                new HashSet<>(dimensions).size() == dimensions.size(),
                "A dimension is named twice: name it once.",
                "dimensions");
        return dimensions;
    }

    private Column dimension(String name) {
        var column = column(name, "dimensions");
        if (!GROUPABLE.contains(column.type())) {
            throw column.cannotBe("a dimension", "only BOOLEAN, LONG, TEXT and DATE can", "dimensions");
        }
        require(
                !OF_ONE_EVENT.contains(column.column().name()),
                "\"" + name + "\" tells events apart and sums up nothing: choose another dimension.",
                "dimensions");
        return column.column();
    }

    private Bucket bucket(Arguments bucket) {
        var unit = bucket.constant("unit", TimeUnit.class).orElseThrow();
        var every = bucket.number("every").orElseThrow();
        require(
                unit == TimeUnit.MINUTE || unit == TimeUnit.HOUR || unit == TimeUnit.DAY,
                "The buckets of a rollup are made of MINUTEs, of an HOUR or of a DAY: questions make longer ones of them.",
                "bucket",
                "unit");
        require(
                every == 1 || (unit == TimeUnit.MINUTE && every > 1 && 60 % every == 0),
                "Only minutes make buckets of more than one, and the number must divide 60.",
                "bucket",
                "every");
        try {
            return new Bucket(unit, every, questions.zone(bucket.required("zone")));
        } catch (CallerException e) {
            throw e.within("bucket");
        }
    }

    private List<Kept> measures() {
        var inputs = input.objects("measures", MOST_MEASURES);
        var measures = IntStream.range(0, inputs.size())
                .mapToObj(i -> measure(inputs.get(i), i))
                .toList();
        require(
                new HashSet<>(measures).size() == measures.size(),
                "A measure is named twice: name it once.",
                "measures");
        return measures;
    }

    private Kept measure(Arguments measure, int place) {
        var path = new String[] {"measures", Integer.toString(place), "of"};
        var kind = measure.constant("measure", Kept.Kind.class).orElseThrow();
        var column = column(measure.required("of"), path);
        requireFit(kind, column, path);
        return new Kept(kind, column.column());
    }

    private static void requireFit(Kept.Kind kind, SqlColumn column, String... path) {
        switch (kind) {
            case SUM, AVG, PERCENTILE -> {
                if (!column.type().isNumber()) {
                    throw column.cannotBe("summed", "only LONG, DOUBLE and NUMERIC can", path);
                }
            }
            case DISTINCT, TOP -> {
                if (column.type() != ColumnType.TEXT && column.type() != ColumnType.LONG) {
                    throw column.cannotBe("sketched", "only TEXT and LONG can", path);
                }
            }
            case MIN, MAX -> {
                if (!column.isScalar() || column.type() == ColumnType.BOOLEAN) {
                    throw column.cannotBe("ordered", "choose a number, text, moment or day", path);
                }
            }
        }
    }

    private Filter filter(Arguments condition) {
        var filter = questions.filter(condition);
        var _ = events.condition(filter);
        var _ = FilterColumns.renamed(
                filter, name -> column(name, "where").column().name());
        return filter;
    }

    private SqlColumn column(String name, String... path) {
        var column = events.named(name, path);
        require(
                !column.column().name().startsWith(EventCollection.OF_PERSON),
                "\"" + name
                        + "\" changes when more is known of the person, and a rollup would not: keep what events say.",
                path);
        return column;
    }

    private static void require(boolean condition, String message, String... path) {
        if (!condition) {
            throw refused(message, path);
        }
    }

    private static CallerException refused(String message, String... path) {
        return new CallerException(ErrorCode.BAD_USER_INPUT, message, path);
    }
}

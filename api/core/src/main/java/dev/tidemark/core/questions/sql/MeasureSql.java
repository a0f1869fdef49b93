package dev.tidemark.core.questions.sql;

import static dev.tidemark.spi.SqlFragment.joined;
import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Measure;
import dev.tidemark.spi.SqlColumn;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlFragment.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes aggregates of measures, after checking that the column has the type for it. */
public final class MeasureSql {

    public static final String PATH = "measures";
    private static final String NUMBERS_CAN = "only LONG, DOUBLE and NUMERIC can";

    private final SqlColumns columns;
    private final SqlFragment filter;

    /** @param conditions which rows count; all must hold */
    public MeasureSql(SqlColumns columns, List<SqlFragment> conditions) {
        this.columns = columns;
        this.filter = conditions.isEmpty() ? sql("") : sql(" filter (where {})", joined(" and ", conditions));
    }

    /** The aggregate of a measure that is one. */
    public Output of(Measure measure) {
        return switch (measure) {
            case Measure.Count(var name) -> Output.number(name, sql("count(*){}", filter));
            case Measure.Distinct(var name, var of) ->
                Output.number(name, sql("count(distinct {}){}", scalar(of).ordered(), filter));
            case Measure.Sum(var name, var of) -> sum(name, number(of, "summed"));
            case Measure.Total(var name, var of) -> total(name, number(of, "summed"));
            case Measure.Average(var name, var of) ->
                Output.number(
                        name,
                        sql(
                                "avg({}){}::double precision",
                                number(of, "averaged").expression(),
                                filter));
            case Measure.Min(var name, var of) -> extreme(name, of, true);
            case Measure.Max(var name, var of) -> extreme(name, of, false);
            case Measure.Percentile percentile -> percentile(percentile);
            case Measure.Top _, Measure.Merged _, Measure.ApproximateDistinct _, Measure.Filtered _, Measure.Ratio _ ->
                throw new IllegalArgumentException(measure + " is no aggregate.");
        };
    }

    public static List<SqlFragment> with(List<SqlFragment> conditions, List<SqlFragment> more) {
        return Stream.concat(conditions.stream(), more.stream()).toList();
    }

    /** A group of no rows. */
    public static List<@Nullable Object> ofNothing(List<@Nullable Object> group, List<Measure> measures) {
        var row = new ArrayList<@Nullable Object>(group);
        measures.forEach(measure -> row.add(ofNothing(measure)));
        return row;
    }

    /** What the measure is of no rows. */
    public static @Nullable Object ofNothing(Measure measure) {
        return switch (measure) {
            case Measure.Count _, Measure.Distinct _, Measure.ApproximateDistinct _, Measure.Total _ -> 0L;
            case Measure.Top _ -> List.of();
            case Measure.Merged merged -> merged.merger().get().result();
            case Measure.Filtered filtered -> ofNothing(filtered.measure());
            case Measure.Sum _, Measure.Average _, Measure.Min _, Measure.Max _, Measure.Percentile _ -> null;
            case Measure.Ratio _ -> null;
        };
    }

    private Output sum(String name, SqlColumn column) {
        var sum = sql("sum({}){}", column.expression(), filter);
        return column.type() == ColumnType.LONG
                ? new Output(name, sum, true, Output::wholeNumber)
                : Output.number(name, sum);
    }

    private Output total(String name, SqlColumn column) {
        return Output.number(name, sql("coalesce(sum({}){}, 0)::bigint", column.expression(), filter));
    }

    private Output extreme(String name, String of, boolean least) {
        var column = scalar(of);
        if (column.type() == ColumnType.BOOLEAN) {
            throw column.cannotBe("ordered", "count its values instead", PATH);
        }
        var extreme = least ? sql("min({}){}", column.ordered(), filter) : sql("max({}){}", column.ordered(), filter);
        return Output.of(name, extreme, column.type().isNumber());
    }

    private Output percentile(Measure.Percentile percentile) {
        if (!(percentile.p() >= 0 && percentile.p() <= 1)) {
            throw refused("A percentile's p is from 0 to 1, not " + percentile.p() + ".", "p");
        }
        return Output.number(
                percentile.name(),
                sql(
                        "percentile_cont({}) within group (order by {}::double precision){}",
                        SqlFragment.value(new Parameter(ColumnType.DOUBLE, percentile.p())),
                        number(percentile.column(), "ranked").expression(),
                        filter));
    }

    public SqlColumn scalar(String name) {
        var column = columns.named(name, PATH);
        if (!column.isScalar()) {
            throw column.cannotBe("measured", "measure a single value", PATH);
        }
        return column;
    }

    private SqlColumn number(String name, String verb) {
        var column = columns.named(name, PATH);
        if (!column.type().isNumber()) {
            throw column.cannotBe(verb, NUMBERS_CAN, PATH);
        }
        return column;
    }

    private static CallerException refused(String message, String argument) {
        return new CallerException(ErrorCode.BAD_USER_INPUT, message, PATH, argument);
    }
}

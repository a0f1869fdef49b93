package dev.tidemark.core.questions.aggregates;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.core.questions.sql.FilterSql;
import dev.tidemark.core.questions.sql.MeasureSql;
import dev.tidemark.core.questions.sql.Output;
import dev.tidemark.core.questions.sql.Shown;
import dev.tidemark.core.questions.sql.SqlColumns;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Measure;
import dev.tidemark.spi.SqlColumn;
import dev.tidemark.spi.SqlFragment;
import java.util.ArrayList;
import java.util.List;

/**
 * What a grouped statement has to compute for measures, under names of its own: aggregates of the rows, and estimates that
 * are joined. Each measure is one of these, or made of them.
 */
final class MeasureColumns {

    private final SqlColumns columns;
    private final List<SqlFragment> aggregates = new ArrayList<>();
    private final List<Estimate> estimates = new ArrayList<>();

    MeasureColumns(SqlColumns columns) {
        this.columns = columns;
    }

    /** How the answer gets a measure, once the statement has computed what stands in the lists. */
    Output add(Measure measure) {
        return add(measure, List.of());
    }

    /** The aggregates, named. */
    List<SqlFragment> aggregates() {
        return List.copyOf(aggregates);
    }

    List<Estimate> estimates() {
        return List.copyOf(estimates);
    }

    private Output add(Measure measure, List<SqlFragment> conditions) {
        return switch (measure) {
            case Measure.Filtered(var inner, var filter) ->
                add(inner, MeasureSql.with(conditions, new FilterSql(columns, MeasureSql.PATH).conditions(filter)));
            case Measure.Ratio(var name, var dividend, var divisor) ->
                Output.number(
                        name,
                        sql(
                                "{}::double precision / nullif({}::double precision, 0)",
                                number(dividend, conditions),
                                number(divisor, conditions)));
            case Measure.ApproximateDistinct(var name, var of) ->
                Output.number(name, estimate(new MeasureSql(columns, conditions).scalar(of), conditions));
            case Measure.Count _, Measure.Distinct _, Measure.Sum _, Measure.Average _ ->
                aggregate(measure, conditions);
            case Measure.Total _, Measure.Min _, Measure.Max _, Measure.Percentile _ -> aggregate(measure, conditions);
            case Measure.Top _, Measure.Merged _ -> throw refused(measure.name());
        };
    }

    private SqlFragment number(Measure measure, List<SqlFragment> conditions) {
        var output = add(measure, conditions);
        if (!output.isNumber()) {
            throw refused(measure.name());
        }
        return output.sql();
    }

    private static CallerException refused(String name) {
        return new CallerException(
                ErrorCode.BAD_USER_INPUT,
                "Only numbers can be divided, and \"" + Shown.of(name) + "\" is none.",
                MeasureSql.PATH);
    }

    private Output aggregate(Measure measure, List<SqlFragment> conditions) {
        var name = SqlFragment.name("a" + aggregates.size());
        var aggregate = new MeasureSql(columns, conditions).of(measure);
        aggregates.add(sql("{} as {}", aggregate.sql(), name));
        return aggregate.as(name);
    }

    private SqlFragment estimate(SqlColumn column, List<SqlFragment> conditions) {
        var estimate = new Estimate(SqlFragment.name("e" + estimates.size()), column, conditions);
        estimates.add(estimate);
        return sql("coalesce({}.estimate, 0)", estimate.name());
    }
}

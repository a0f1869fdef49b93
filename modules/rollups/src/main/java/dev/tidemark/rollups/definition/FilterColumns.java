package dev.tidemark.rollups.definition;

import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Grouping;
import java.util.function.UnaryOperator;

/** Goes through the columns that a filter names. */
public final class FilterColumns {

    private FilterColumns() {}

    /** The same filter about columns of other names. */
    public static Filter renamed(Filter filter, UnaryOperator<String> name) {
        return switch (filter) {
            case Filter.And(var filters) ->
                new Filter.And(filters.stream().map(each -> renamed(each, name)).toList());
            case Filter.Or(var filters) ->
                new Filter.Or(filters.stream().map(each -> renamed(each, name)).toList());
            case Filter.Not(var negated) -> new Filter.Not(renamed(negated, name));
            case Filter.IsSet(var column, var set) -> new Filter.IsSet(name.apply(column), set);
            case Filter.Compare(var column, var comparison, var value) ->
                new Filter.Compare(name.apply(column), comparison, value);
            case Filter.In(var column, var values) -> new Filter.In(name.apply(column), values);
            case Filter.InQuery(var column, var query) -> new Filter.InQuery(name.apply(column), query);
            case Filter.Matches(var column, var match, var text) -> new Filter.Matches(name.apply(column), match, text);
            case Filter.InGroup(var grouping, var value) -> new Filter.InGroup(renamed(grouping, name), value);
        };
    }

    public static Grouping renamed(Grouping grouping, UnaryOperator<String> name) {
        return switch (grouping) {
            case Grouping.ByColumn by -> new Grouping.ByColumn(by.name(), name.apply(by.column()));
            case Grouping.ByBucket by ->
                new Grouping.ByBucket(by.name(), name.apply(by.column()), by.unit(), by.every(), by.zone());
            case Grouping.ByPart by -> new Grouping.ByPart(by.name(), name.apply(by.column()), by.part(), by.zone());
        };
    }
}

package dev.tidemark.rollups.asking;

import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.rows.LongText;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Filter;
import java.util.List;

/** Conditions on dimensions of a rollup, where long texts stand shortened. */
record DimensionTexts(Rollup rollup) {

    /** The same condition about texts as they are kept. */
    Filter kept(Filter filter) {
        return switch (filter) {
            case Filter.And(var filters) ->
                new Filter.And(filters.stream().map(this::kept).toList());
            case Filter.Or(var filters) ->
                new Filter.Or(filters.stream().map(this::kept).toList());
            case Filter.Not(var negated) -> new Filter.Not(kept(negated));
            case Filter.Compare(var column, var comparison, String text)
            when isEquality(comparison) && isText(column) ->
                new Filter.Compare(column, comparison, LongText.shortened(text));
            case Filter.In(var column, var values)
            when isText(column) ->
                new Filter.In(column, values.stream().map(DimensionTexts::kept).toList());
            default -> filter;
        };
    }

    /** Whether such a condition holds of each text as it is kept where it does of the whole text. */
    boolean tell(Filter filter) {
        return switch (filter) {
            case Filter.And(var filters) -> tell(filters);
            case Filter.Or(var filters) -> tell(filters);
            case Filter.Not(var negated) -> tell(negated);
            case Filter.Compare(var column, var comparison, String text)
            when isText(column) -> isEquality(comparison) || LongText.isBeginning(text);
            case Filter.Matches(var column, var match, var text) ->
                match == Filter.Match.STARTS_WITH && LongText.isBeginning(text);
            default -> true;
        };
    }

    private boolean tell(List<Filter> filters) {
        return filters.stream().allMatch(this::tell);
    }

    private boolean isText(String column) {
        return rollup.dimension(column)
                .filter(dimension -> dimension.type() == ColumnType.TEXT)
                .isPresent();
    }

    private static boolean isEquality(Filter.Comparison comparison) {
        return comparison == Filter.Comparison.EQ || comparison == Filter.Comparison.NE;
    }

    private static Object kept(Object value) {
        return value instanceof String text ? LongText.shortened(text) : value;
    }
}

package dev.tidemark.core.questions.sql;

import static dev.tidemark.spi.SqlFragment.joined;
import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Filter.Comparison;
import dev.tidemark.spi.SqlColumn;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlFragment.Parameter;
import java.util.List;

/** Makes conditions of filters. A condition may be null where a value is missing; to a {@code where} that is false. */
public final class FilterSql {

    private final SqlColumns columns;
    private final String path;

    /** @param path the argument that gave the filter */
    public FilterSql(SqlColumns columns, String path) {
        this.columns = columns;
        this.path = path;
    }

    /** What must hold, one by one. */
    public List<SqlFragment> conditions(Filter filter) {
        return filter instanceof Filter.And(var filters) ? all(filters) : List.of(of(filter));
    }

    public SqlFragment of(Filter filter) {
        return switch (filter) {
            case Filter.And(var filters) ->
                filters.isEmpty() ? sql("true") : sql("({})", joined(" and ", all(filters)));
            case Filter.Or(var filters) -> filters.isEmpty() ? sql("false") : sql("({})", joined(" or ", all(filters)));
            case Filter.Not(var negated) -> sql("({}) is not true", of(negated));
            case Filter.IsSet(var column, var set) -> isSet(columns.named(column, path), set);
            case Filter.Compare(var column, var comparison, var value) ->
                compared(columns.named(column, path), comparison, value);
            case Filter.In(var column, var values) -> oneOf(columns.named(column, path), values);
            case Filter.InQuery(var column, var query) ->
                sql("{} in ({})", columns.named(column, path).expression(), query);
            case Filter.Matches matches -> matching(columns.named(matches.column(), path), matches);
            case Filter.InGroup(var grouping, var value) -> new GroupingSql(columns).isIn(grouping, value);
        };
    }

    private List<SqlFragment> all(List<Filter> filters) {
        return filters.stream().map(this::of).toList();
    }

    private static SqlFragment isSet(SqlColumn column, boolean set) {
        return set ? sql("{} is not null", column.expression()) : sql("{} is null", column.expression());
    }

    private SqlFragment compared(SqlColumn column, Comparison comparison, Object value) {
        FilterFit.requireOrdered(column, comparison, path);
        if (column.type().isList()) {
            return contained(column, comparison, value);
        }
        var right = SqlFragment.value(Values.of(column, value, path));
        return switch (comparison) {
            case EQ -> sql("{} = {}", column.expression(), right);
            case NE -> sql("{} is distinct from {}", column.expression(), right);
            case LT -> sql("{} < {}", column.ordered(), right);
            case LTE -> sql("{} <= {}", column.ordered(), right);
            case GT -> sql("{} > {}", column.ordered(), right);
            case GTE -> sql("{} >= {}", column.ordered(), right);
        };
    }

    /** A list equals a value when one of its elements does. */
    private SqlFragment contained(SqlColumn list, Comparison comparison, Object value) {
        var element = SqlFragment.value(Values.elementOf(list, value, path));
        return comparison == Comparison.EQ
                ? sql("{} = any({})", element, list.expression())
                : sql("({} = any({})) is not true", element, list.expression());
    }

    private SqlFragment oneOf(SqlColumn column, List<Object> values) {
        if (values.isEmpty()) {
            return sql("false");
        }
        var list = listOf(column, values);
        return column.type().isList()
                ? sql("{}::{}[] && {}", column.expression(), SqlFragment.type(list.type()), SqlFragment.value(list))
                : sql("{} = any({})", column.expression(), SqlFragment.value(list));
    }

    /** Of one type, the widest that was given: a list for a column of whole numbers may hold fractions. */
    private Parameter listOf(SqlColumn column, List<Object> values) {
        var elements = values.stream()
                .map(value -> Values.elementOf(column, value, path))
                .toList();
        var type = elements.stream()
                .map(Parameter::type)
                .filter(ColumnType.NUMERIC::equals)
                .findAny()
                .orElse(elements.getFirst().type());
        return new Parameter(type, elements.stream().map(Parameter::value).toList());
    }

    private SqlFragment matching(SqlColumn column, Filter.Matches matches) {
        FilterFit.requireText(column, path);
        var text = SqlFragment.value(Values.of(column, matches.text(), path));
        return switch (matches.match()) {
            case CONTAINS -> sql("strpos({}, {}) > 0", column.expression(), text);
            case STARTS_WITH -> sql("starts_with({}, {})", column.expression(), text);
            case ENDS_WITH -> sql("right({}, length({})) = {}", column.expression(), text, text);
        };
    }
}

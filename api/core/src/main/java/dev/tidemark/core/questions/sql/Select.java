package dev.tidemark.core.questions.sql;

import static dev.tidemark.spi.SqlFragment.joined;
import static dev.tidemark.spi.SqlFragment.sql;

import com.google.errorprone.annotations.CompileTimeConstant;
import dev.tidemark.spi.SqlFragment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A {@code select} statement, clause by clause; every step gives a new one. */
public record Select(
        List<SqlFragment> columns,
        SqlFragment from,
        List<SqlFragment> where,
        SqlFragment grouping,
        List<SqlFragment> having,
        List<SqlFragment> order,
        SqlFragment limit) {

    private static final SqlFragment NOTHING = sql("");

    public static Select from(SqlFragment table) {
        return new Select(List.of(), table, List.of(), NOTHING, List.of(), List.of(), NOTHING);
    }

    public Select columns(List<SqlFragment> added) {
        return new Select(both(columns, added), from, where, grouping, having, order, limit);
    }

    public Select where(List<SqlFragment> conditions) {
        return new Select(columns, from, both(where, conditions), grouping, having, order, limit);
    }

    /** By place, for an expression with parameters would not be recognised as the same one. */
    public Select groupedByFirst(int count) {
        var places =
                IntStream.rangeClosed(1, count).mapToObj(SqlFragment::place).toList();
        return new Select(columns, from, where, sql("group by {}", joined(", ", places)), having, order, limit);
    }

    /** One group of everything, even of no rows; an aggregate does that too, and in parallel. */
    public Select groupedAsOne() {
        return new Select(columns, from, where, sql("group by ()"), having, order, limit);
    }

    Select having(List<SqlFragment> conditions) {
        return new Select(columns, from, where, grouping, both(having, conditions), order, limit);
    }

    public Select orderBy(List<SqlFragment> keys) {
        return new Select(columns, from, where, grouping, having, both(order, keys), limit);
    }

    public Select limit(int rows) {
        return new Select(columns, from, where, grouping, having, order, sql("limit {}", SqlFragment.number(rows)));
    }

    public SqlFragment toSql() {
        var clauses = new ArrayList<SqlFragment>();
        clauses.add(sql("select {}", joined(", ", columns)));
        clauses.add(sql("from {}", from));
        clauses.addAll(clause("where {}", joined("\nand ", where)));
        clauses.add(grouping);
        clauses.addAll(clause("having {}", joined("\nand ", having)));
        clauses.addAll(clause("order by {}", joined(", ", order)));
        clauses.add(limit);
        clauses.removeIf(clause -> clause.text().isEmpty());
        return joined("\n", clauses);
    }

    private static List<SqlFragment> clause(@CompileTimeConstant String text, SqlFragment content) {
        return content.text().isEmpty() ? List.of() : List.of(sql(text, content));
    }

    private static List<SqlFragment> both(List<SqlFragment> first, List<SqlFragment> second) {
        var both = new ArrayList<>(first);
        both.addAll(second);
        return List.copyOf(both);
    }
}

package dev.tidemark.core.questions.relations;

import static dev.tidemark.spi.SqlFragment.joined;
import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.core.questions.sql.Select;
import dev.tidemark.core.questions.sql.SqlColumns;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Relation.Column;
import dev.tidemark.spi.SqlColumn;
import dev.tidemark.spi.SqlFragment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Several tables asked as one: their rows together, with the columns of all. PostgreSQL reads of each only what is asked
 * for.
 */
public final class Together {

    private final List<TableRelation> tables;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final Map<String, String> unfit = new HashMap<>();
    private final List<Column> ofPerson;

    private Together(List<TableRelation> tables) {
        this.tables = tables;
        this.ofPerson = tables.getFirst().sqlColumns().ofPerson().stream()
                .map(SqlColumn::column)
                .toList();
        tables.forEach(this::add);
        unfit.keySet().forEach(columns::remove);
    }

    /** @param tables at least one */
    public static TableRelation of(List<TableRelation> tables) {
        var first = tables.getFirst();
        if (tables.size() == 1) {
            return first;
        }
        var together = new Together(tables);
        return new TableRelation(
                first.name(),
                together.table(),
                together.sqlColumns(),
                first.key(),
                tables.stream().flatMap(table -> table.collections().stream()).toList(),
                first.database(),
                first.timeLimit(),
                () -> tables.forEach(table -> table.readiness().run()));
    }

    private void add(TableRelation table) {
        for (var column : table.columns()) {
            var known = columns.putIfAbsent(column.name(), column);
            if (known != null && known.type() != column.type()) {
                unfit.put(
                        column.name(),
                        "\"%s\" cannot be asked of all: it is %s in \"%s\" and %s elsewhere."
                                .formatted(known.label(), column.type(), table.label(), known.type()));
            }
        }
    }

    private SqlFragment table() {
        var selects = tables.stream().map(this::select).toList();
        return sql("({}) as together", joined("\nunion all\n", selects));
    }

    private SqlFragment select(TableRelation table) {
        var own = table.sqlColumns()
                .nameable()
                .collect(Collectors.toMap(c -> c.column().name(), c -> c));
        var select = new ArrayList<SqlFragment>();
        columns.values().forEach(column -> select.add(as(own, column, SqlFragment.name(column.name()))));
        for (int i = 0; i < ofPerson.size(); i++) {
            select.add(as(own, ofPerson.get(i), known(i)));
        }
        return Select.from(table.table()).columns(select).toSql();
    }

    private static SqlFragment as(Map<String, SqlColumn> own, Column column, SqlFragment name) {
        var expression = Optional.ofNullable(own.get(column.name()))
                .map(SqlColumn::expression)
                .orElseGet(() -> missing(column.type()));
        return sql("{} as {}", expression, name);
    }

    /** By place: with what is before it, a name could be longer than PostgreSQL takes. */
    private static SqlFragment known(int place) {
        return SqlFragment.name("_known" + place);
    }

    private static SqlFragment missing(ColumnType type) {
        return sql("null::{}", SqlFragment.type(type));
    }

    private SqlColumns sqlColumns() {
        var labels = tables.stream().map(TableRelation::label).collect(Collectors.joining("\" and \""));
        return new SqlColumns(
                labels,
                columns.values().stream().map(this::column).toList(),
                this::spelled,
                Map.copyOf(unfit),
                IntStream.range(0, ofPerson.size())
                        .mapToObj(i -> SqlColumn.of(ofPerson.get(i)).as(known(i)))
                        .toList(),
                tables.getFirst().sqlColumns().peopleReadiness());
    }

    private SqlColumn column(Column column) {
        var isRequired = tables.stream()
                .allMatch(
                        table -> table.sqlColumns().find(column.name()).stream().anyMatch(SqlColumn::required));
        return isRequired ? SqlColumn.required(column) : SqlColumn.of(column);
    }

    /** What a name means to the first that knows it. */
    private Optional<String> spelled(String name) {
        return tables.stream()
                .flatMap(table -> table.sqlColumns().find(name).stream())
                .map(column -> column.column().name())
                .findFirst();
    }
}

package dev.tidemark.core.questions.sql;

import static dev.tidemark.spi.SqlFragment.joined;
import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.SqlFragment;
import java.util.ArrayList;
import java.util.List;

/**
 * A table with computed columns to group by, whose number of groups PostgreSQL does not guess from what they are computed of:
 * it takes a day of a time for as many groups as there are times, and would sort all rows in one process. Of a union it knows
 * nothing and assumes 200 groups, which suits: it hashes, in parallel. The union's other half is empty, and gone once planned.
 */
public final class Fence {

    private final SqlFragment table;
    private final String prefix;
    private final List<SqlFragment> columns = new ArrayList<>();

    /** @param prefix of the names of its columns: no property's begins with an underscore */
    public Fence(SqlFragment table, String prefix) {
        this.table = table;
        this.prefix = prefix;
    }

    /** Adds a column that computes the output, and makes the output read it. */
    public Output within(Output computed) {
        var name = SqlFragment.name(prefix + columns.size());
        columns.add(sql("{} as {}", computed.sql(), name));
        return computed.as(name);
    }

    /** The table with the columns added so far; without any, itself. */
    public SqlFragment table() {
        var all = joined(", ", columns);
        return columns.isEmpty()
                ? table
                : sql(
                        "(select *, {} from {} union all select *, {} from {} where false) as fenced",
                        all,
                        table,
                        all,
                        table);
    }
}

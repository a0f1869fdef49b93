package dev.tidemark.core.questions.aggregates;

import static dev.tidemark.spi.SqlFragment.joined;
import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.core.questions.sql.Fence;
import dev.tidemark.core.questions.sql.Output;
import dev.tidemark.core.questions.sql.Select;
import dev.tidemark.spi.SqlColumn;
import dev.tidemark.spi.SqlFragment;
import java.util.List;
import java.util.stream.Stream;

/**
 * About how many different values a column has in each group: HyperLogLog, after Flajolet, Fusy, Gandouet and Meunier (2007),
 * with built-in functions alone and without shipping a row of the table.
 *
 * <p>As in the format of the extension postgresql-hll with log2m 11: the lowest 11 bits of a value's hash choose one of 2048
 * registers, and the register keeps the greatest rank seen, the place of the lowest bit set among the others, at most 31.
 * The bit itself is kept instead of its place, since both grow alike and no function of PostgreSQL gives the place. The
 * hash is PostgreSQL's {@code hashtextextended} of the value as text, which is the same on every server and does not
 * depend on settings of the session.
 *
 * @param name the estimate's among the statement's tables
 */
public record Estimate(SqlFragment name, SqlColumn column, List<SqlFragment> conditions) {

    /** The standard error, relative: 1.04 divided by the root of the number of registers. */
    public static final double ERROR = 1.04 / Math.sqrt(2048);

    /** Joins the estimate of each group to the statement's groups. */
    SqlFragment join(Groups groups) {
        return sql("left join ({}) as {} on {}.key = {}", estimates(groups), name, name, Groups.keyOf(groups.names()));
    }

    private SqlFragment estimates(Groups groups) {
        return sql("""
                select key, round(case
                  when zeros > 0 and 3023758.39 / (zeros + mass) <= 5120 then -2048 * ln(zeros / 2048)
                  else 3023758.39 / (zeros + mass) end)::bigint as estimate
                from ({}) as registers\
                """, summed(groups));
    }

    /** Of each group, how many registers are empty, and the sum of 2^-rank of the others. */
    private SqlFragment summed(Groups groups) {
        return sql(
                """
                select {} as key, 2048 - count(*)::double precision as zeros, sum(0.5 / bit) as mass
                from ({}) as ranked
                where bit > 0
                group by {}\
                """,
                Groups.keyOf(groups.names()),
                ranked(groups),
                groups.groupings().isEmpty() ? sql("()") : joined(", ", groups.names()));
    }

    private SqlFragment ranked(Groups groups) {
        var places = groups.names();
        var fence = new Fence(groups.table(), "_h");
        var hash = fence.within(Output.number("hash", sql("hashtextextended({}, 0)", text())));
        var other = sql("({} >> 11) & 9007199254740991", hash.sql());
        var values = Select.from(fence.table())
                .columns(groups.named())
                .columns(List.of(
                        sql("{} & 2047 as register", hash.sql()),
                        sql("max(least({} & -({}), 1073741824))::double precision as bit", other, other)))
                .where(Stream.of(groups.conditions(), conditions, List.of(sql("{} is not null", column.expression())))
                        .flatMap(List::stream)
                        .toList());
        return values.groupedByFirst(places.size() + 1).toSql();
    }

    /** Equal values have equal texts, whatever the session's zone and style of dates. */
    private SqlFragment text() {
        var value = column.expression();
        return switch (column.type()) {
            case TEXT -> column.ordered();
            case DOUBLE -> sql("({} + 0)::text collate \"C\"", value);
            case NUMERIC -> sql("trim_scale({})::text collate \"C\"", value);
            case TIMESTAMP -> sql("extract(epoch from {})::text collate \"C\"", value);
            case DATE -> sql("({} - date '2000-01-01')::text collate \"C\"", value);
            default -> sql("{}::text collate \"C\"", value);
        };
    }
}

package dev.tidemark.core.questions.aggregates;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlFragment.Parameter;
import java.util.List;

/**
 * The groups of an answer.
 *
 * @param keys as {@link Groups#keyOf} makes them
 * @param areAll whether there are no others
 */
record Listed(List<String> keys, boolean areAll) {

    /** Whether a group is one of them: a key for each row is dear, and not needed where all are. */
    SqlFragment has(List<SqlFragment> groupings) {
        return areAll
                ? sql("true")
                : sql(
                        "{} in (select k::jsonb from unnest({}) as k)",
                        Groups.keyOf(groupings),
                        SqlFragment.value(new Parameter(ColumnType.TEXT, keys)));
    }
}

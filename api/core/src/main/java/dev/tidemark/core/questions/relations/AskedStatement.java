package dev.tidemark.core.questions.relations;

import dev.tidemark.spi.SqlFragment;

/**
 * A statement of a question.
 *
 * @param isFrequent whether the database may keep it, and one plan of it for all values
 * @param fetched so many rows are in memory at a time; 0: all
 */
record AskedStatement(SqlFragment sql, boolean isFrequent, int fetched) {

    boolean isSame(AskedStatement other) {
        return fetched == other.fetched
                && sql.text().equals(other.sql.text())
                && sql.parameters().equals(other.sql.parameters());
    }
}

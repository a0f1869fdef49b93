package dev.tidemark.core.questions;

import dev.tidemark.core.questions.relations.QuestionStore;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements with their parameters bound as those of questions are. */
public record ModuleStatements() implements Statements {

    @Override
    public PreparedStatement prepare(Connection transaction, SqlFragment statement) throws SQLException {
        return QuestionStore.prepare(transaction, statement);
    }

    @Override
    public PreparedStatement prepareCursor(Connection transaction, SqlFragment statement) throws SQLException {
        return QuestionStore.prepareCursor(transaction, statement);
    }

    @Override
    public void copy(Connection transaction, String table, List<String> columns, Iterator<List<@Nullable Object>> rows)
            throws SQLException {
        RowCopyStore.copy(transaction, table, columns, rows);
    }
}

package dev.tidemark.core.questions;

import static java.util.stream.Collectors.joining;

import dev.tidemark.spi.SqlName;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Adds rows to a table by COPY of text: PostgreSQL writes some while the next are made. */
final class TextCopyStore {

    private static final int CHUNK = 64 * 1024;
    private static final String SPECIAL = "\\\t\n\r";
    private static final String ESCAPED = "\\tnr";

    private TextCopyStore() {}

    static void copy(Connection connection, String table, List<String> columns, Iterator<List<@Nullable String>> rows)
            throws SQLException {
        var copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + SqlName.quoted(table) + " ("
                        + columns.stream().map(SqlName::quoted).collect(joining(", ")) + ") from stdin");
        try {
            var chunk = new StringBuilder(CHUNK + CHUNK / 4);
            while (rows.hasNext()) {
                append(chunk, rows.next());
                if (chunk.length() >= CHUNK) {
                    flush(chunk, copy);
                }
            }
            flush(chunk, copy);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static void append(StringBuilder chunk, List<@Nullable String> row) {
        for (int i = 0; i < row.size(); i++) {
            if (i > 0) {
                chunk.append('\t');
            }
            append(chunk, row.get(i));
        }
        chunk.append('\n');
    }

    private static void append(StringBuilder chunk, @Nullable String value) {
        if (value == null) {
            chunk.append("\\N");
            return;
        }
        int from = 0;
        for (int i = 0; i < value.length(); i++) {
            var special = SPECIAL.indexOf(value.charAt(i));
            if (special >= 0) {
                chunk.append(value, from, i).append('\\').append(ESCAPED.charAt(special));
                from = i + 1;
            }
        }
        chunk.append(from == 0 ? value : value.substring(from));
    }

    private static void flush(StringBuilder chunk, CopyIn copy) throws SQLException {
        var bytes = chunk.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        chunk.setLength(0);
    }
}

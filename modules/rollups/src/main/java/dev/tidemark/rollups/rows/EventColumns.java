package dev.tidemark.rollups.rows;

import static dev.tidemark.spi.SqlFragment.joined;

import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlFragment.Parameter;
import java.util.ArrayList;
import java.util.List;

/** What a statement reads of each event for several rollups: what they have in common once. */
final class EventColumns {

    private final List<SqlFragment> columns = new ArrayList<>();
    private final List<ColumnType> types = new ArrayList<>();
    private final List<Written> written = new ArrayList<>();

    /** Fragments are one when they are written alike. */
    private record Written(String text, List<Parameter> parameters) {}

    /** The place of a value in the row of an event. */
    int place(SqlFragment value, ColumnType type) {
        var own = new Written(value.text(), value.parameters());
        if (!written.contains(own)) {
            written.add(own);
            columns.add(value);
            types.add(type);
        }
        return written.indexOf(own);
    }

    SqlFragment sql() {
        return joined(", ", List.copyOf(columns));
    }

    List<ColumnType> types() {
        return List.copyOf(types);
    }
}

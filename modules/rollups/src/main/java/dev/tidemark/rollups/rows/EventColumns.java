package dev.tidemark.rollups.rows;

import static dev.tidemark.spi.SqlFragment.joined;

import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlFragment.Parameter;
import java.util.ArrayList;
import java.util.List;

/** What a statement reads of each event for several rollups: what they have in common once. */
final class EventColumns {

    /** What an event may have in all. */
    private static final long WHOLE_TEXT = 256 << 10;

    private static final long OTHER = 100;

    private final List<SqlFragment> columns = new ArrayList<>();
    private final List<ColumnType> types = new ArrayList<>();
    private final List<Written> written = new ArrayList<>();
    private long width;

    /** Fragments are one when they are written alike. */
    private record Written(String text, List<Parameter> parameters) {}

    /** The place of a value in the row of an event. A text has {@link LongText#MOST_READ} bytes at most. */
    int place(SqlFragment value, ColumnType type) {
        return place(value, type, LongText.MOST_READ);
    }

    /** The same of one whose text is not shortened. */
    int whole(SqlFragment value, ColumnType type) {
        return place(value, type, WHOLE_TEXT);
    }

    private int place(SqlFragment value, ColumnType type, long longest) {
        var own = new Written(value.text(), value.parameters());
        if (!written.contains(own)) {
            written.add(own);
            columns.add(value);
            types.add(type);
            width += type == ColumnType.TEXT ? longest : OTHER;
        }
        return written.indexOf(own);
    }

    /** How many bytes a row may have, about. */
    long width() {
        return width;
    }

    SqlFragment sql() {
        return joined(", ", List.copyOf(columns));
    }

    List<ColumnType> types() {
        return List.copyOf(types);
    }
}

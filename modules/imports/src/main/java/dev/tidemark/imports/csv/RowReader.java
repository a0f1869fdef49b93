package dev.tidemark.imports.csv;

import dev.tidemark.imports.requests.Destination;
import dev.tidemark.imports.values.Excerpt;
import dev.tidemark.imports.values.Sent;
import dev.tidemark.imports.values.ValueReader;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Refusal;
import dev.tidemark.spi.Submission;
import dev.tidemark.spi.Submission.Unreadable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes an event of a row of CSV, or says why there is none in it. All rows of a file pass here. */
public final class RowReader {

    private static final int SHOWN = 100;
    private static final int NONE = -1;

    private final String one;
    private final char delimiter;
    private final Header header;
    private final ColumnTypes types;
    private final ValueReader values;
    private final int columns;
    private final int collection;
    private final int time;
    private final int user;
    private final int anonymous;
    private final int messageId;

    public RowReader(Destination destination, char delimiter, Header header, ColumnTypes types, ValueReader values) {
        this.one = destination.collection().orElse("");
        this.delimiter = delimiter;
        this.header = header;
        this.types = types;
        this.values = values;
        this.columns = header.names().size();
        this.collection = header.collection().orElse(NONE);
        this.time = header.time().orElse(NONE);
        this.user = header.user().orElse(NONE);
        this.anonymous = header.anonymous().orElse(NONE);
        this.messageId = header.messageId().orElse(NONE);
    }

    public Submission read(Row row) {
        var fields = row.fields();
        if (!row.isWhole()) {
            return unreadable(row, "too_large", "is larger than " + RowHandler.LARGEST_ROW + " characters");
        }
        if (fields.size() != columns) {
            return unreadable(
                    row, "wrong_columns", "has " + fields.size() + " fields, and the header line has " + columns);
        }
        if (!row.isReadable()) {
            return unreadable(
                    row,
                    "bad_encoding",
                    "has bytes that are no text in the encoding of the file: say which it is, such as encoding=windows-1252");
        }
        if (time < 0) {
            return event(fields, null);
        }
        var instant = values.instant(fields.get(time));
        return instant == null ? badTime(row) : event(fields, instant);
    }

    private Event event(List<String> fields, @Nullable Instant instant) {
        var kind = kind(fields);
        return new Event(
                kind,
                Optional.ofNullable(instant),
                Optional.ofNullable(text(fields, user)),
                Optional.ofNullable(text(fields, anonymous)),
                Optional.ofNullable(text(fields, messageId)),
                properties(fields, kind));
    }

    /** Its collection. */
    private String kind(List<String> fields) {
        return collection < 0 ? one : fields.get(collection);
    }

    private Map<String, @Nullable Object> properties(List<String> fields, String kind) {
        var columnTypes = types.of(kind);
        Map<String, @Nullable Object> properties = LinkedHashMap.newLinkedHashMap(columns);
        Map<?, ?> beside = Map.of();
        for (var i = 0; i < columns; i++) {
            var text = fields.get(i);
            if (!text.isEmpty() && i != collection && i != time && i != user && i != anonymous && i != messageId) {
                var value = values.read(text, columnTypes.get(i));
                if (value instanceof Map<?, ?> more && header.names().get(i).equals(Header.EXTRA)) {
                    beside = more;
                } else {
                    properties.put(header.properties().get(i), value);
                }
            }
        }
        // after all columns: of two spellings of a name the first has the column
        beside.forEach((name, value) -> properties.putIfAbsent(name.toString(), value));
        return properties;
    }

    private static @Nullable String text(List<String> fields, int place) {
        return place < 0 || fields.get(place).isEmpty() ? null : fields.get(place);
    }

    private Unreadable badTime(Row row) {
        var fields = row.fields();
        var text = fields.get(time);
        var kind = kind(fields);
        var sent = new Sent(
                kind,
                text,
                text(fields, user),
                text(fields, anonymous),
                text(fields, messageId),
                properties(fields, kind));
        return sent.refused(new Refusal(
                "bad_time",
                "/time",
                "Line " + row.line() + ", column " + (time + 1) + " ("
                        + header.names().get(time) + ") has the time \"" + Excerpt.of(text, SHOWN)
                        + "\", which is " + values.times().remedy(text) + "."));
    }

    /** Which field is whose is in doubt. The header stands before the row, so that the dead letter can be read alone. */
    private Unreadable unreadable(Row row, String code, String fault) {
        return new Unreadable(
                header.text() + "\n" + row.text(delimiter),
                new Refusal(code, "", "Line " + row.line() + " " + fault + "."));
    }
}

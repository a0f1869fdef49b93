package dev.tidemark.imports;

import dev.tidemark.spi.ColumnType;
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

/** Makes an event of a row, or says why there is none in it. */
final class RowReader {

    private static final int SHOWN = 100;

    private final ImportRequest request;
    private final Header header;
    private final List<Optional<ColumnType>> types;
    private final ValueReader values;
    private final int columns;
    private final int time;
    private final int user;

    RowReader(ImportRequest request, Header header, List<Optional<ColumnType>> types, ValueReader values) {
        this.request = request;
        this.header = header;
        this.types = types;
        this.values = values;
        this.columns = header.names().size();
        this.time = header.time().orElse(-1);
        this.user = header.user().orElse(-1);
    }

    Submission read(Row row) {
        var fields = row.fields();
        if (!row.isWhole()) {
            return unreadable(row, "too_large", "", "is larger than " + RowHandler.LARGEST_ROW + " characters");
        }
        if (fields.size() != columns) {
            return unreadable(
                    row, "wrong_columns", "", "has " + fields.size() + " fields, and the header line has " + columns);
        }
        if (!row.isReadable()) {
            return unreadable(row, "bad_encoding", "", "is not UTF-8");
        }
        if (time < 0) {
            return event(fields, null);
        }
        var instant = values.instant(fields.get(time));
        return instant == null ? badTime(row) : event(fields, instant);
    }

    private Event event(List<String> fields, @Nullable Instant instant) {
        Map<String, @Nullable Object> properties = LinkedHashMap.newLinkedHashMap(columns);
        for (var i = 0; i < columns; i++) {
            var text = fields.get(i);
            if (i != time && i != user && !text.isEmpty()) {
                properties.put(header.names().get(i), values.read(text, types.get(i)));
            }
        }
        return new Event(
                request.collection(),
                Optional.ofNullable(instant),
                user < 0 ? Optional.empty() : Optional.of(fields.get(user)).filter(text -> !text.isEmpty()),
                Optional.empty(),
                Optional.empty(),
                properties);
    }

    private Unreadable badTime(Row row) {
        var text = row.fields().get(time);
        var shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return unreadable(
                row,
                "bad_time",
                "/" + header.names().get(time).replace("~", "~0").replace("/", "~1"),
                "has the time \"" + shown + "\", which is none such as 2026-01-31T12:34:56Z");
    }

    /** The header stands before the row, so that the dead letter can be read alone. */
    private Unreadable unreadable(Row row, String code, String pointer, String fault) {
        return new Unreadable(
                header.text() + "\n" + row.text(request.delimiter()),
                new Refusal(code, pointer, "Line " + row.line() + " " + fault + "."));
    }
}

package dev.tidemark.core.typed;

import dev.tidemark.spi.Grouping.DatePart;
import java.util.Map;

/** What typed fields say of themselves. */
final class Descriptions {

    private static final Map<String, String> RESERVED = Map.of(
            "_id", "Opaque and lasting.",
            "_time", "When it happened.",
            "_received_at", "When the server received it.",
            "_user", "The known person behind it.",
            "_anonymous", "The device or visitor behind it.",
            "_message_id", "The sender's own id.",
            "_person", "Who is behind it: whose id the user, else the anonymous id, is.",
            "_collection", "The senders' name of its collection.",
            "_extra", "What did not fit its column, by the sender's names.");

    private static final Map<DatePart, String> PARTS = Map.of(
            DatePart.HOUR_OF_DAY, "The hour, 0 to 23.",
            DatePart.DAY_OF_WEEK, "The day of the week, 1, Monday, to 7, Sunday.",
            DatePart.DAY_OF_MONTH, "The day of the month, 1 to 31.",
            DatePart.WEEK_OF_YEAR, "The week of ISO 8601, 1 to 53.",
            DatePart.MONTH_OF_YEAR, "The month, 1 to 12.");

    private Descriptions() {}

    static String of(TypedColumn column) {
        return column.declaration()
                .description()
                .orElseGet(() -> RESERVED.getOrDefault(
                        column.name(), "Property \"" + column.column().label() + "\", " + column.type() + "."));
    }

    static String of(TypedRelation relation) {
        return relation.description().orElse("Questions about " + relation.label() + ".");
    }

    static String of(DatePart part) {
        return PARTS.getOrDefault(part, "");
    }
}

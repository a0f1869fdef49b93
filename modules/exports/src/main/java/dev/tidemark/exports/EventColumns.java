package dev.tidemark.exports;

import dev.tidemark.spi.Relation;
import dev.tidemark.spi.Relation.Column;
import java.util.List;
import java.util.stream.Stream;

/** What an event has beside its properties; the server's own id and time of receipt are not the event's. */
final class EventColumns {

    /** In this order, before the properties. */
    private static final List<String> RESERVED = List.of("_time", "_user", "_anonymous", "_message_id", "_extra");

    private static final List<String> OF_THE_SERVER = List.of("_id", "_received_at", "_person", "_collection");

    private EventColumns() {}

    /** Whether a relation's rows are whole events. */
    static boolean areOf(Relation relation) {
        return RESERVED.stream().allMatch(name -> relation.column(name).isPresent());
    }

    /** The reserved ones first, then the properties. */
    static List<Column> of(Relation relation) {
        var properties = relation.columns().stream()
                .filter(column -> !RESERVED.contains(column.name()) && !OF_THE_SERVER.contains(column.name()));
        return Stream.concat(RESERVED.stream().map(name -> relation.column(name).orElseThrow()), properties)
                .toList();
    }

    static int count() {
        return RESERVED.size();
    }
}

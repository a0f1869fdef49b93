package dev.tidemark.core.questions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.questions.EventTable.Row;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Question;
import dev.tidemark.testkit.PostgresExtension;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class ValueStoreTest {

    private static final Map<ColumnType, Object> VALUES = Map.of(
            ColumnType.BOOLEAN,
            false,
            ColumnType.LONG,
            Long.MIN_VALUE,
            ColumnType.DOUBLE,
            Double.MIN_VALUE,
            ColumnType.NUMERIC,
            new BigDecimal("12345678901234567890.123"),
            ColumnType.TEXT,
            "ünï \uD834\uDD1E \"'\\{},",
            ColumnType.TIMESTAMP,
            Instant.parse("0001-01-01T00:00:00.000001Z"),
            ColumnType.DATE,
            LocalDate.parse("1582-10-10"));

    @Test
    void everyTypeComesBackAsItWentIn(PostgresAddress address) {
        var properties = new LinkedHashMap<String, ColumnType>();
        var values = new LinkedHashMap<String, Object>();
        for (var type : ColumnType.values()) {
            if (type != ColumnType.JSON) {
                var name = type.name().toLowerCase(Locale.ROOT);
                var value = VALUES.get(type.element());
                properties.put(name, type);
                values.put(name, type.isList() ? List.of(value, value) : value);
            }
        }

        try (var events = new EventTable(address, "typed", properties)) {
            events.add(List.of(Row.of(Instant.EPOCH, null, Map.copyOf(values))));

            assertThat(read(events, List.copyOf(properties.keySet()))).isEqualTo(List.copyOf(values.values()));
        }
    }

    @Test
    void jsonComesBackParsed(PostgresAddress address) {
        var json = "{\"b\": [1, 2.50, null, true, \"x\"], \"a\": {\"n\": 12345678901234567890}}";
        try (var events = new EventTable(address, "parsed", Map.of("json", ColumnType.JSON))) {
            events.add(List.of(Row.of(Instant.EPOCH, null, Map.of("json", json))));

            assertThat(read(events, List.of("json")))
                    .hasToString("[{a={n=12345678901234567890}, b=[1, 2.50, null, true, x]}]");
        }
    }

    private static List<Object> read(EventTable events, List<String> columns) {
        return events.ask(new Question.Rows(List.of("any"), columns, Filter.ALL, List.of(), 1, Optional.empty()))
                .rows()
                .getFirst();
    }
}

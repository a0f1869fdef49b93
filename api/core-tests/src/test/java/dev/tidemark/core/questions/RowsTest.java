package dev.tidemark.core.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.questions.EventTable.Row;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Question;
import dev.tidemark.spi.Question.Order;
import dev.tidemark.testkit.PostgresExtension;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RowsTest {

    private static final int ROWS = 120;

    @AutoClose
    private EventTable events;

    @BeforeAll
    void fill(PostgresAddress address) {
        events = new EventTable(address, "paged", Map.of("text", ColumnType.TEXT, "part", ColumnType.DOUBLE));
        var random = new Random(7);
        events.add(IntStream.range(0, ROWS)
                .mapToObj(i -> {
                    var values = new HashMap<String, @Nullable Object>();
                    values.put("text", random.nextInt(4) == 0 ? null : "t" + random.nextInt(5));
                    values.put("part", random.nextInt(4) == 0 ? null : random.nextInt(3) / 8.0);
                    return Row.of(Instant.EPOCH.plusSeconds(random.nextInt(9)), null, values);
                })
                .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "text, false, part, true",
        "text, true, part, true",
        "part, true, text, false",
        "_time, true, text, false",
        "_time, false, _time, true",
        "_user, true, _person, false"
    })
    void pagesAreTheWholeCutInPieces(String first, boolean firstDescends, String second, boolean secondDescends) {
        var order = List.of(
                new Order(first, firstDescends), new Order(second, secondDescends), new Order("_id", secondDescends));
        var whole = page(order, ROWS + 1, Optional.empty());

        var pieces = new ArrayList<List<@Nullable Object>>();
        Optional<List<@Nullable Object>> last = Optional.empty();
        for (var page = page(order, 7, last); !page.isEmpty(); page = page(order, 7, last)) {
            pieces.addAll(page);
            last = Optional.of(page.getLast());
        }

        assertThat(whole).hasSize(ROWS);
        assertThat(pieces).isEqualTo(whole);
    }

    @Test
    void rowsWithoutTheValueComeLastWhicheverWay() {
        for (var descending : List.of(true, false)) {
            var order = List.of(new Order("text", descending), new Order("_id", false));

            var values = page(order, ROWS, Optional.empty()).stream()
                    .map(List::getFirst)
                    .toList();

            assertThat(values.getFirst()).isEqualTo(descending ? "t4" : "t0");
            assertThat(values.getLast()).isNull();
        }
    }

    @Test
    void aPlaceThatFitsNoOrderIsRefused() {
        var order = List.of(new Order("part", false), new Order("_id", false));

        assertThatThrownBy(() -> page(order, 1, Optional.of(List.of(1L))))
                .isInstanceOf(CallerException.class)
                .hasMessageContaining("does not fit the order");
        assertThatThrownBy(() -> page(order, 1, Optional.of(List.of("x", 1L))))
                .isInstanceOf(CallerException.class)
                .hasMessageContaining("\"part\"");
    }

    private List<List<@Nullable Object>> page(List<Order> order, int first, Optional<List<@Nullable Object>> after) {
        return events.ask(new Question.Rows(
                        List.of("paged"), order.stream().map(Order::by).toList(), Filter.ALL, order, first, after))
                .rows();
    }
}

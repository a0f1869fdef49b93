package dev.tidemark.core.typed;

import static dev.tidemark.testkit.Json.list;
import static dev.tidemark.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.json.JsonWriter;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Event;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The same question asked both ways, in one request, is answered alike. */
@ExtendWith(PostgresExtension.class)
class TypedAnswersTest {

    private static final int QUESTIONS = 150;
    private static final Instant BEFORE_THE_CLOCK_IS_SET = Instant.parse("2021-03-27T20:00:00Z");

    @Test
    void typedFieldsAnswerWhatTheFieldsThatNameACollectionAnswer(PostgresAddress address) {
        try (var engine = TestEngine.start(address)) {
            var project = engine.project();
            project.collect(events());

            for (long seed = 0; seed < QUESTIONS; seed++) {
                var question = new TwoWays(seed);
                var document = question.document();
                var answer = project.query(document);

                var typed = list(object(answer, "data", "sample", "aggregate"), "rows").stream()
                        .map(row -> generic(row, question))
                        .toList();
                assertThat(JsonWriter.write(typed))
                        .as("seed %d: %s", seed, document)
                        .isEqualTo(JsonWriter.write(object(answer, "named").get("rows")));
            }
        }
    }

    /** A typed row in the shape of the other one. */
    private static Map<String, @Nullable Object> generic(Map<String, @Nullable Object> row, TwoWays question) {
        var measures = new LinkedHashMap<String, @Nullable Object>();
        question.measureKeys().forEach(key -> measures.put(key, row.get(key)));
        var generic = new LinkedHashMap<String, @Nullable Object>();
        generic.put("bucket", row.get("bucket"));
        generic.put("group", question.keys().isEmpty() ? Map.of() : row.get("group"));
        generic.put("measures", measures);
        generic.put("isRest", row.get("isRest"));
        return generic;
    }

    private static Event[] events() {
        var random = new Random(1);
        var events = new Event[80];
        for (int i = 0; i < events.length; i++) {
            var event = Event.of("sample").at(BEFORE_THE_CLOCK_IS_SET.plusSeconds(random.nextInt(400_000)));
            event = i % 7 == 0 ? event : event.by("u" + random.nextInt(5));
            event = i % 5 == 0
                    ? event
                    : event.with("text", List.of("a", "B", "b", "é").get(random.nextInt(4)));
            event = i % 6 == 0 ? event : event.with("whole", (long) random.nextInt(4));
            event = i % 4 == 0 ? event : event.with("part", random.nextInt(9) / 4.0);
            events[i] = event.with("flag", random.nextBoolean());
        }
        return events;
    }
}

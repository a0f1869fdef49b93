package dev.tidemark.core.questions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.testkit.PostgresExtension;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** PostgreSQL's answers against those of a few plain loops, on data and questions made from a seed. */
@ExtendWith(PostgresExtension.class)
class OracleTest {

    private static final int DATA_SETS = 200;
    private static final int QUESTIONS = 5;

    private static final Comparator<Double> ALMOST = (a, b) -> Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b);

    @Test
    void everyAnswerIsWhatPlainLoopsFind(PostgresAddress address) {
        try (var events = new EventTable(address, "random", RandomQuestions.PROPERTIES)) {
            for (long seed = 0; seed < DATA_SETS; seed++) {
                var random = new RandomQuestions(seed);
                var rows = random.rows();
                events.execute("delete from demo.random");
                events.add(rows);
                for (int i = 0; i < QUESTIONS; i++) {
                    compare(events, rows, random, seed);
                }
            }
        }
    }

    private static void compare(EventTable events, List<EventTable.Row> rows, RandomQuestions random, long seed) {
        var question = random.question();

        var answer = events.ask(question);

        var expected = new Oracle(rows, question).answer();
        assertThat(answer.rows())
                .as("seed %d: %s", seed, question)
                .usingRecursiveComparison()
                .withComparatorForType(ALMOST, Double.class)
                .isEqualTo(expected.rows());
        assertThat(answer.rest().orElse(null))
                .as("the rest of seed %d: %s", seed, question)
                .usingRecursiveComparison()
                .withComparatorForType(ALMOST, Double.class)
                .isEqualTo(expected.rest());
    }
}

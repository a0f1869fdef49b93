package dev.tidemark.core.questions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.questions.EventTable.Row;
import dev.tidemark.core.questions.relations.Together;
import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.Relation;
import dev.tidemark.testkit.PostgresExtension;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** PostgreSQL's answers against those of a few plain loops, on data and questions made from a seed. */
@ExtendWith(PostgresExtension.class)
class OracleTest {

    private static final int DATA_SETS = 600;
    private static final int QUESTIONS = 2;

    private static final Comparator<Double> ALMOST = (a, b) -> Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b);

    @Test
    void everyAnswerIsWhatPlainLoopsFind(PostgresAddress address) {
        var otherProperties = new LinkedHashMap<>(RandomQuestions.PROPERTIES);
        otherProperties.remove("flag");
        try (var events = new EventTable(address, "random", RandomQuestions.PROPERTIES);
                var others = new EventTable(address, "others", otherProperties)) {
            var relations = List.of(events.relation(), others.relation());
            for (long seed = 0; seed < DATA_SETS; seed++) {
                var random = new RandomQuestions(seed);
                var rows = in("random", random.rows());
                events.fill(rows);
                if (seed % 3 == 0) {
                    var more = in("others", random.rows());
                    others.fill(more);
                    rows.addAll(more);
                    compare(Together.of(relations), rows, random, seed, "random", "others");
                } else {
                    compare(events.relation(), rows, random, seed, "random");
                }
            }
        }
    }

    /** The rows as the collection has them. */
    private static List<Row> in(String collection, List<Row> rows) {
        return rows.stream()
                .map(row -> {
                    var values = new HashMap<>(row.values());
                    values.put("_collection", collection);
                    if (collection.equals("others")) {
                        values.remove("flag");
                    }
                    return new Row(row.time(), row.user(), row.anonymous(), values);
                })
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static void compare(
            Relation relation, List<Row> rows, RandomQuestions random, long seed, String... relations) {
        for (int i = 0; i < QUESTIONS; i++) {
            var question = random.question(relations);

            var answer = relation.answer(question);

            var expected = new Oracle(rows, question).answer();
            var earlier = new ArrayList<List<@Nullable Object>>();
            answer.earlier().ifPresent(then -> {
                earlier.addAll(then.rows());
                then.rest().ifPresent(earlier::add);
            });
            same(answer.rows(), expected.rows(), "the rows", seed, question);
            same(answer.rest().orElse(null), expected.rest(), "the rest", seed, question);
            same(earlier, expected.earlier(), "the earlier rows", seed, question);
        }
    }

    private static void same(
            @Nullable Object answered, @Nullable Object expected, String what, long seed, Aggregate question) {
        assertThat(answered)
                .as("%s of seed %d: %s", what, seed, question)
                .usingRecursiveComparison()
                .withComparatorForType(ALMOST, Double.class)
                .isEqualTo(expected);
    }
}

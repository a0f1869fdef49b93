package dev.tidemark.funnels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.funnels.FunnelOracle.Reach;
import dev.tidemark.funnels.FunnelOracle.RowKey;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Funnels over GraphQL against one that tries every match, on histories and questions made from a seed. */
@ExtendWith(PostgresExtension.class)
class FunnelOracleTest {

    private static final int PEOPLE = 200;
    private static final int QUESTIONS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String ASK = """
        query ($input: FunnelInput!, $step: Int!, $dropped: Boolean!, $bucket: DateTime, $value: JSON, $by: Boolean!) {
          funnel(input: $input) {
            rows {
              bucket value
              steps { count dropped conversionTimes { percentile sinceFirst sincePrevious } }
            }
            all: people(step: $step, dropped: $dropped, first: 1000) @skip(if: $by) { nodes { id } }
            some: people(step: $step, dropped: $dropped, first: 1000, bucket: $bucket, value: $value)
              @include(if: $by) { nodes { id } }
          }
        }
        """;

    @Test
    void everyFunnelIsWhatTryingAllMatchesFinds(PostgresAddress database) throws SQLException {
        try (var engine = TestEngine.start(database)) {
            var project = engine.project();
            History.collect(project, new Random(1), PEOPLE);
            var events = History.stored(database, project);
            for (long seed = 0; seed < QUESTIONS; seed++) {
                compare(project, events, new RandomFunnels(seed).question(), new Random(seed));
            }
        }
    }

    private static void compare(TestProject project, List<History> events, FunnelQuestion question, Random random) {
        var expected = new FunnelOracle(events, question).answer();
        var keys = sorted(expected);
        var step = 1 + random.nextInt(question.steps().size());
        var dropped = random.nextBoolean();
        var by =
                question.breakdown().flatMap(FunnelQuestion.Breakdown::property).isPresent() && !keys.isEmpty();
        Map<String, @Nullable Object> variables = new LinkedHashMap<>();
        variables.put("input", RandomFunnels.input(question));
        variables.put("step", step);
        variables.put("dropped", dropped);
        variables.put("by", by);
        var key = keys.isEmpty() ? new RowKey(null, null) : keys.get(random.nextInt(keys.size()));
        variables.put("value", key.value());
        variables.put("bucket", bucket(question, key));

        JsonNode funnel = JSON.valueToTree(project.query(ASK, variables).get("funnel"));

        var rows = StreamSupport.stream(funnel.get("rows").spliterator(), false).toList();
        assertThat(rows).as("%s", question).hasSize(question.breakdown().isEmpty() ? 1 : keys.size());
        for (int i = 0; i < keys.size(); i++) {
            compare(question, rows.get(i), keys.get(i), expected.get(keys.get(i)));
        }
        var ids = funnel.get(by ? "some" : "all").get("nodes").findValuesAsText("id");
        assertThat(ids).as("%s", question).isEqualTo(people(expected, by, key, step, dropped));
    }

    private static void compare(
            FunnelQuestion question, JsonNode row, RowKey key, @Nullable Map<String, Reach> expected) {
        var people = Objects.requireNonNull(expected);
        assertThat(row.get("bucket").asText()).as("%s", question).isEqualTo(String.valueOf(bucket(question, key)));
        assertThat(row.get("value").asText()).as("%s", question).isEqualTo(String.valueOf(key.value()));
        for (int step = 1; step <= question.steps().size(); step++) {
            var found = row.get("steps").get(step - 1);
            assertThat(found.get("count").asLong())
                    .as("step %d of %s in %s", step, key, question)
                    .isEqualTo(count(people, step));
            var times = FunnelOracle.times(people, step, Reach::since);
            assertThat(found.get("conversionTimes"))
                    .hasSize(times.isEmpty() ? 0 : question.percentiles().size());
            for (var time : found.get("conversionTimes")) {
                var p = time.get("percentile").asDouble();
                assertThat(time.get("sinceFirst").asDouble())
                        .as("step %d of %s in %s", step, key, question)
                        .isCloseTo(FunnelOracle.percentile(times, p), within(1e-6));
                assertThat(time.get("sincePrevious").asDouble())
                        .as("step %d of %s in %s", step, key, question)
                        .isCloseTo(
                                FunnelOracle.percentile(FunnelOracle.times(people, step, Reach::pause), p),
                                within(1e-6));
            }
        }
    }

    private static List<String> people(
            Map<RowKey, Map<String, Reach>> expected, boolean by, RowKey key, int step, boolean dropped) {
        return expected.entrySet().stream()
                .filter(row -> !by || row.getKey().equals(key))
                .flatMap(row -> row.getValue().entrySet().stream())
                .filter(person -> dropped
                        ? person.getValue().depth() == step
                        : person.getValue().depth() >= step)
                .map(Map.Entry::getKey)
                .distinct()
                .sorted()
                .toList();
    }

    private static List<RowKey> sorted(Map<RowKey, Map<String, Reach>> rows) {
        Comparator<RowKey> byBucket =
                Comparator.comparing(RowKey::bucket, Comparator.nullsLast(Comparator.naturalOrder()));
        Comparator<RowKey> byPeople = Comparator.comparingLong(key -> -count(Objects.requireNonNull(rows.get(key)), 1));
        Comparator<RowKey> byValue = Comparator.comparing(
                key -> key.value() == null ? null : key.value().toString(),
                Comparator.nullsLast(Comparator.naturalOrder()));
        return rows.keySet().stream()
                .sorted(byBucket.thenComparing(byPeople).thenComparing(byValue))
                .toList();
    }

    private static long count(Map<String, Reach> people, int step) {
        return people.values().stream().filter(reach -> reach.depth() >= step).count();
    }

    private static @Nullable String bucket(FunnelQuestion question, RowKey key) {
        var day = key.bucket();
        return day == null
                ? null
                : day.atStartOfDay(question.breakdown().orElseThrow().zone())
                        .toInstant()
                        .toString();
    }
}

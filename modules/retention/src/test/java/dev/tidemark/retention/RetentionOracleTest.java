package dev.tidemark.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.retention.RetentionOracle.Cohort;
import dev.tidemark.retention.RetentionQuestion.Action;
import dev.tidemark.spi.Filter;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Retention over GraphQL against plain loops, on visits and questions made from a seed. */
@ExtendWith(PostgresExtension.class)
class RetentionOracleTest {

    private static final int PEOPLE = 200;
    private static final int QUESTIONS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ZONES =
            List.of("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "-03:30");

    private static final String ASK = """
        query ($input: RetentionInput!, $cohort: DateTime!, $period: Int) {
          retention(input: $input) {
            rows { cohort value size periods { period from to count isComplete } }
            people(cohort: $cohort, period: $period, first: 1000) { nodes { id } }
          }
        }
        """;

    @Test
    void everyCohortIsWhatPlainLoopsFind(PostgresAddress database) throws SQLException {
        try (var engine = TestEngine.start(database)) {
            var project = engine.project();
            Visit.collect(project, new Random(1), PEOPLE);
            var visits = Visit.stored(database, project);
            for (long seed = 0; seed < QUESTIONS; seed++) {
                var random = new Random(seed);
                compare(project, visits, question(random), random);
            }
        }
    }

    private static void compare(TestProject project, List<Visit> visits, RetentionQuestion question, Random random) {
        var expected = new RetentionOracle(visits, question).answer();
        var cohorts = expected.keySet().stream()
                .sorted(Comparator.comparing(Cohort::start)
                        .thenComparing(
                                cohort -> cohort.value() == null ? null : String.valueOf(cohort.value()),
                                Comparator.nullsLast(Comparator.naturalOrder())))
                .toList();
        var chosen = cohorts.isEmpty()
                ? Instant.EPOCH.atZone(question.calendar().zone()).toLocalDate()
                : cohorts.get(random.nextInt(cohorts.size())).start();
        var period = random.nextInt(4) - 1;
        Map<String, @Nullable Object> variables = new LinkedHashMap<>();
        variables.put("input", input(question));
        variables.put(
                "cohort",
                chosen.atStartOfDay(question.calendar().zone()).toInstant().toString());
        variables.put("period", period < 0 ? null : period);

        JsonNode retention = JSON.valueToTree(project.query(ASK, variables).get("retention"));

        var rows = retention.get("rows");
        assertThat(rows).as("%s", question).hasSize(cohorts.size());
        for (int i = 0; i < cohorts.size(); i++) {
            compare(question, rows.get(i), cohorts.get(i), Objects.requireNonNull(expected.get(cohorts.get(i))));
        }
        assertThat(retention.at("/people/nodes").findValuesAsText("id"))
                .as("%s", question)
                .isEqualTo(expected.entrySet().stream()
                        .filter(cohort -> cohort.getKey().start().equals(chosen))
                        .flatMap(cohort -> cohort.getValue().entrySet().stream())
                        .filter(person -> period < 0 || person.getValue().contains(period))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList());
    }

    private static void compare(
            RetentionQuestion question, JsonNode row, Cohort cohort, Map<String, Set<Integer>> people) {
        var start = cohort.start().atStartOfDay(question.calendar().zone()).toInstant();
        assertThat(row.get("cohort").asText()).as("%s", question).isEqualTo(start.toString());
        assertThat(row.get("value").asText()).as("%s", question).isEqualTo(String.valueOf(cohort.value()));
        assertThat(row.get("size").asInt()).as("%s of %s", cohort, question).isEqualTo(people.size());
        assertThat(row.get("periods")).isNotEmpty();
        for (var period : row.get("periods")) {
            var number = period.get("period").asInt();
            assertThat(period.get("count").asLong())
                    .as("period %d of %s in %s", number, cohort, question)
                    .isEqualTo(people.values().stream()
                            .filter(periods -> periods.contains(number))
                            .count());
        }
        assertThat(people.values().stream()
                        .flatMap(Set::stream)
                        .allMatch(number -> number < row.get("periods").size()))
                .as("every period of %s in %s is there", cohort, question)
                .isTrue();
    }

    private static RetentionQuestion question(Random random) {
        return new RetentionQuestion(
                action(random),
                action(random),
                Instant.parse(random.nextBoolean() ? "2026-03-01T00:00:00Z" : "2026-03-29T00:30:00Z"),
                Instant.parse(random.nextBoolean() ? "2026-05-01T00:00:00Z" : "2026-03-31T22:00:00Z"),
                new Calendar(
                        List.of(Calendar.Unit.values()).get(random.nextInt(3)),
                        ZoneId.of(ZONES.get(random.nextInt(ZONES.size())))),
                random.nextBoolean(),
                random.nextInt(3) == 0 ? List.of(0, 1, 4, 30) : List.of(),
                Optional.of(random.nextBoolean() ? "plan" : "paid").filter(property -> random.nextBoolean()));
    }

    private static Action action(Random random) {
        return new Action(
                Optional.of(Visit.COLLECTIONS.get(random.nextInt(3))).filter(collection -> random.nextInt(3) > 0),
                random.nextInt(3) == 0 ? new Filter.Compare("plan", Filter.Comparison.EQ, "pro") : Filter.ALL);
    }

    private static Map<String, @Nullable Object> input(RetentionQuestion question) {
        Map<String, @Nullable Object> input = new LinkedHashMap<>();
        input.put("first", input(question.first()));
        input.put("returning", input(question.returning()));
        input.put("from", question.from().toString());
        input.put("to", question.to().toString());
        input.put("unit", question.calendar().unit().name());
        input.put("zone", question.calendar().zone().getId());
        input.put("cohorts", question.isRecurring() ? "RECURRING" : "FIRST_TIME");
        if (!question.brackets().isEmpty()) {
            input.put("brackets", question.brackets());
        }
        question.breakdown().ifPresent(breakdown -> input.put("breakdown", breakdown));
        return input;
    }

    private static Map<String, @Nullable Object> input(Action action) {
        Map<String, @Nullable Object> input = new LinkedHashMap<>();
        action.collection().ifPresent(collection -> input.put("collection", collection));
        if (action.filter() instanceof Filter.Compare test) {
            input.put("where", Map.of("property", Map.of("name", test.column(), "eq", test.value())));
        }
        return input;
    }
}

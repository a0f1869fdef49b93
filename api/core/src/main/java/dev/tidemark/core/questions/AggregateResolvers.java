package dev.tidemark.core.questions;

import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.Answer;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.Grouping;
import graphql.schema.DataFetchingEnvironment;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** GraphQL's side of aggregates. */
final class AggregateResolvers {

    private final QuestionEngine questions;

    AggregateResolvers(QuestionEngine questions) {
        this.questions = questions;
    }

    Aggregation aggregate(DataFetchingEnvironment environment) {
        var project = Caller.of(environment).project();
        var arguments = Arguments.of(environment);
        var relation = questions.relation(project, arguments.required("collection"));
        var question = AggregateInput.question(arguments, relation.name());
        var answer = questions.answer(project, question);
        var groups = answer.rows().stream().map(row -> group(question, answer, row, false));
        var rest = answer.rest().stream().map(row -> group(question, answer, row, true));
        return new Aggregation(Stream.concat(groups, rest).toList(), Freshness.of(answer.freshness()));
    }

    record Aggregation(List<Group> rows, Freshness freshness) {}

    record Group(
            @Nullable Instant bucket,
            Map<String, @Nullable Object> group,
            Map<String, @Nullable Object> measures,
            boolean isRest) {}

    record Freshness(
            Instant asOf,
            Answer.Source servedFrom,
            boolean isExact,
            @Nullable Double errorBound) {

        static Freshness of(Answer.Freshness freshness) {
            return new Freshness(
                    freshness.asOf(),
                    freshness.servedFrom(),
                    freshness.isExact(),
                    freshness.errorBound().orElse(null));
        }
    }

    private static Group group(Aggregate question, Answer answer, List<@Nullable Object> row, boolean isRest) {
        var buckets = (int) question.groupings().stream()
                .filter(Grouping.ByBucket.class::isInstance)
                .count();
        var groupings = question.groupings().size();
        return new Group(
                buckets == 0 ? null : (Instant) row.getFirst(),
                named(answer, row, buckets, groupings),
                named(answer, row, groupings, row.size()),
                isRest);
    }

    private static Map<String, @Nullable Object> named(Answer answer, List<@Nullable Object> row, int from, int to) {
        var named = new LinkedHashMap<String, @Nullable Object>();
        for (int i = from; i < to; i++) {
            named.put(answer.columns().get(i), json(row.get(i)));
        }
        return named;
    }

    private static @Nullable Object json(@Nullable Object value) {
        return value instanceof List<?> tops
                ? tops.stream().map(AggregateResolvers::top).toList()
                : value;
    }

    private static Map<String, Object> top(Object value) {
        var top = (Answer.Top) value;
        var named = new LinkedHashMap<String, Object>();
        named.put("value", top.value());
        named.put("count", top.count());
        return named;
    }
}

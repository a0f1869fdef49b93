package dev.tidemark.core.schema;

import static dev.tidemark.core.schema.Shop.codes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.core.schema.documents.GraphqlRequest;
import dev.tidemark.core.schema.documents.Limits;
import dev.tidemark.core.schema.faults.Stage;
import dev.tidemark.core.schema.faults.StreamFailed;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Feed;
import graphql.language.OperationDefinition.Operation;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionTest {

    private static final String SDL = """
        extend type Query {
          "Nothing."
          nothing: String
        }
        extend type Subscription {
          "1, 2, 3 …"
          numbers: Number
        }
        "A number."
        type Number {
          "Itself."
          value: Int
          "Twice."
          twice: Int
        }
        """;

    @Test
    void eachEventIsAResultInItsOrder() throws InterruptedException {
        try (var results = subscribe(new Numbers(3), "subscription { numbers { value twice } }")) {
            assertThat(results.next()).contains(result(1));
            assertThat(results.next()).contains(result(2));
            assertThat(results.next()).contains(result(3));
            assertThat(results.next()).isEmpty();
        }
    }

    @Test
    void noMoreIsTakenThanWasAskedFor() throws InterruptedException {
        var numbers = new Numbers(100);

        try (var results = subscribe(numbers, "subscription { numbers { value } }")) {
            results.next();
            results.next();

            assertThat(numbers.told.get()).isEqualTo(2);
        }
    }

    @Test
    void theFeedOfAStreamThatIsClosedIsClosedToo() throws InterruptedException {
        var numbers = new Numbers(100);
        var results = subscribe(numbers, "subscription { numbers { value } }");
        results.next();

        results.close();

        assertThat(numbers.isClosed).isTrue();
        assertThat(results.next()).isEmpty();
    }

    @Test
    void theFeedOfAStreamThatHasEndedIsClosed() throws InterruptedException {
        var numbers = new Numbers(0);

        assertThat(subscribe(numbers, "subscription { numbers { value } }").next())
                .isEmpty();

        assertThat(numbers.isClosed).isTrue();
    }

    @Test
    void aStreamThatFailsTellsWhyWithACode() {
        var failing = new Numbers(0) {
            @Override
            public Optional<Object> next() {
                throw new CallerException(ErrorCode.STALE_CURSOR, "Begin again.");
            }
        };

        var results = subscribe(failing, "subscription { numbers { value } }");

        assertThatThrownBy(results::next)
                .isInstanceOfSatisfying(
                        StreamFailed.class,
                        failed -> assertThat(failed.errors())
                                .containsExactly(Map.of(
                                        "message", "Begin again.", "extensions", Map.of("code", "STALE_CURSOR"))));
        assertThat(failing.isClosed).isTrue();
    }

    @Test
    void aFeedThatDoesNotCloseEndsItsStreamAllTheSame() throws InterruptedException {
        var stuck = new Numbers(1) {
            @Override
            public void close() {
                throw new NoClassDefFoundError("example/Missing");
            }
        };
        var query = "subscription { numbers { value } }";
        var results = subscribe(stuck, query);
        results.next();

        assertThat(results.next()).isEmpty();
        results.close();

        var broken = subscribe(stuck, query);
        broken.close();
        assertThat(broken.next()).isEmpty();
    }

    @Test
    void aResolverThatFailsAnswersAtOnce() {
        var engine = Shop.engine(
                SDL,
                Contribution.builder()
                        .resolver("Query", "nothing", env -> null)
                        .resolver("Number", "value", env -> 1)
                        .resolver("Subscription", "numbers", env -> {
                            throw new CallerException(ErrorCode.NOT_FOUND, "No numbers.");
                        }));

        var answer = (ExecutionAnswer.Complete) engine.execute(
                GraphqlRequest.of("subscription { numbers { value } }"),
                Shop.READER,
                EnumSet.allOf(Operation.class),
                Presence.ASSUMED);

        assertThat(codes(answer)).containsExactly("NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subscription($b: Boolean!) { events @skip(if: $b) }",
                "subscription($b: Boolean!) { ... @include(if: $b) { events } }",
                "subscription($b: Boolean!) { ...F } fragment F on Subscription { events @skip(if: $b) }",
                "subscription { ...F } fragment F on Subscription { ...F @skip(if: true) }"
            })
    void aSubscriptionThatMayLeaveOutItsFieldIsRefused(String query) {
        var request = GraphqlRequest.of(query, Map.of("b", true));

        var answer = (ExecutionAnswer.Complete) new Hostile(Limits.standard())
                .engine.execute(request, Shop.READER, EnumSet.allOf(Operation.class), Presence.ASSUMED);

        assertThat(codes(answer)).containsExactly("GRAPHQL_VALIDATION_FAILED");
        assertThat(answer.stage()).isEqualTo(Stage.DOCUMENT);
    }

    private static Map<String, Object> result(int number) {
        return Map.of("data", Map.of("numbers", Map.of("value", number, "twice", 2 * number)));
    }

    private static Feed<Map<String, Object>> subscribe(Numbers numbers, String query) {
        var engine = Shop.engine(
                SDL,
                Contribution.builder()
                        .resolver("Query", "nothing", env -> null)
                        .resolver("Subscription", "numbers", env -> numbers)
                        .resolver("Number", "value", env -> env.getSource())
                        .resolver("Number", "twice", env -> env.<Integer>getSource() * 2));
        var answer =
                engine.execute(GraphqlRequest.of(query), Shop.READER, EnumSet.allOf(Operation.class), Presence.ASSUMED);
        return ((ExecutionAnswer.Stream) answer).results();
    }
}

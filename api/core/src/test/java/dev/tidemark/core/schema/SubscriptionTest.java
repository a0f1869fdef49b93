package dev.tidemark.core.schema;

import static dev.tidemark.core.schema.Shop.codes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.schema.ExecutionAnswer.Stage;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ErrorCode;
import graphql.language.OperationDefinition.Operation;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

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
    void eachEventIsAResultInItsOrder() {
        var received = new Received(10);

        subscribe(new Numbers(3), "subscription { numbers { value twice } }", received);

        await().until(() -> received.isComplete);
        assertThat(received.results)
                .containsExactly(
                        Map.of("data", Map.of("numbers", Map.of("value", 1, "twice", 2))),
                        Map.of("data", Map.of("numbers", Map.of("value", 2, "twice", 4))),
                        Map.of("data", Map.of("numbers", Map.of("value", 3, "twice", 6))));
    }

    @Test
    void noMoreComesThanWasAskedFor() {
        var received = new Received(2);

        subscribe(new Numbers(100), "subscription { numbers { value } }", received);

        await().until(() -> received.results.size() == 2);
        received.subscription.request(1);
        await().until(() -> received.results.size() == 3);
    }

    @Test
    void aCancelledStreamEndsAtItsSource() {
        var numbers = new Numbers(100);
        var received = new Received(1);
        subscribe(numbers, "subscription { numbers { value } }", received);

        received.subscription.cancel();

        assertThat(numbers.isCancelled).isTrue();
    }

    @Test
    void aStreamThatFailsTellsWhyWithACode() {
        var received = new Received(10);
        var failing = new Numbers(1) {
            @Override
            void end(Subscriber<? super Object> subscriber) {
                subscriber.onError(new CallerException(ErrorCode.STALE_CURSOR, "Begin again."));
            }
        };

        subscribe(failing, "subscription { numbers { value } }", received);

        await().until(() -> received.failure != null);
        assertThat(received.failure).isInstanceOf(StreamFailed.class);
        assertThat(((StreamFailed) received.failure).errors())
                .containsExactly(Map.of("message", "Begin again.", "extensions", Map.of("code", "STALE_CURSOR")));
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

    private static void subscribe(Numbers numbers, String query, Received received) {
        var engine = Shop.engine(
                SDL,
                Contribution.builder()
                        .resolver("Query", "nothing", env -> null)
                        .resolver("Subscription", "numbers", env -> numbers)
                        .resolver("Number", "value", env -> env.getSource())
                        .resolver("Number", "twice", env -> env.<Integer>getSource() * 2));
        var answer =
                engine.execute(GraphqlRequest.of(query), Shop.READER, EnumSet.allOf(Operation.class), Presence.ASSUMED);
        ((ExecutionAnswer.Stream) answer).results().subscribe(received);
    }

    private static final class Received implements Subscriber<Map<String, Object>> {

        private final List<Map<String, Object>> results = new CopyOnWriteArrayList<>();
        private final int first;
        private volatile Subscription subscription;
        private volatile Throwable failure;
        private volatile boolean isComplete;

        Received(int first) {
            this.first = first;
        }

        @Override
        public void onSubscribe(Subscription given) {
            subscription = given;
            given.request(first);
        }

        @Override
        public void onNext(Map<String, Object> result) {
            results.add(result);
        }

        @Override
        public void onError(Throwable thrown) {
            failure = thrown;
        }

        @Override
        public void onComplete() {
            isComplete = true;
        }
    }
}

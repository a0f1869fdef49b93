package dev.tidemark.core.schema;

import static dev.tidemark.core.schema.Shop.ask;
import static dev.tidemark.core.schema.Shop.codes;
import static dev.tidemark.core.schema.Shop.data;
import static dev.tidemark.core.schema.Shop.errors;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.schema.documents.GraphqlRequest;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.Scope;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessTest {

    private static final String SDL = """
            extend type Query {
              "For readers."
              numbers: Numbers
              "For masters."
              keys: String @access(scope: MASTER)
            }
            "Some numbers."
            type Numbers {
              "For all readers."
              sum: Int
              "For masters, though it is a stored property."
              secret: String @access(scope: MASTER)
            }
            extend type Mutation {
              "For senders."
              send: SendPayload @access(scope: WRITE)
            }
            "What became of it."
            type SendPayload {
              "What was wrong."
              userErrors: [UserError!]!
            }
            """;

    private final AtomicInteger calls = new AtomicInteger();
    private GraphqlEngine engine;

    @BeforeEach
    void start() {
        engine = Shop.engine(
                SDL,
                Contribution.builder()
                        .resolver("Query", "numbers", env -> counted(Map.of("sum", 3, "secret", "s")))
                        .resolver("Query", "keys", env -> counted("k"))
                        .resolver("Mutation", "send", env -> counted(Map.of())));
    }

    @Test
    void aReaderMayReadAndNotMore() {
        var answer = ask(engine, GraphqlRequest.of("{ numbers { sum } keys }"), Shop.READER);

        assertThat(codes(answer)).containsExactly("FORBIDDEN");
        assertThat(errors(answer).getFirst())
                .containsEntry("message", "This needs a key with the scope MASTER.")
                .containsEntry("path", List.of("keys"));
        assertThat(data(answer).toString()).isEqualTo("{numbers={sum=3}, keys=null}");
        assertThat(calls).hasValue(1);
    }

    @Test
    void anAliasOrAFragmentOpensNoDoor() {
        var answer = ask(engine, GraphqlRequest.of("""
                        query { numbers: keys ...F ... on Query { y: keys } ... @include(if: true) { z: keys } }
                        fragment F on Query { x: keys }
                        """), Shop.READER);

        assertThat(codes(answer)).containsExactly("FORBIDDEN", "FORBIDDEN", "FORBIDDEN", "FORBIDDEN");
        assertThat(calls).hasValue(0);
    }

    @Test
    void aStoredPropertyIsGuardedToo() {
        var answer = ask(engine, GraphqlRequest.of("{ numbers { sum secret } }"), Shop.READER);

        assertThat(codes(answer)).containsExactly("FORBIDDEN");
        assertThat(data(answer).toString()).isEqualTo("{numbers={sum=3, secret=null}}");
    }

    @Test
    void aSenderMaySendAndReadsNothing() {
        var sent = ask(engine, GraphqlRequest.of("mutation { send { userErrors { message } } }"), Shop.WRITER);
        var read = ask(engine, GraphqlRequest.of("{ numbers { sum } }"), Shop.WRITER);
        var schema = ask(engine, GraphqlRequest.of("{ s: __schema { types { name } } }"), Shop.WRITER);
        var type = ask(engine, GraphqlRequest.of("{ ... { __type(name: \"Query\") { name } } }"), Shop.WRITER);

        assertThat(errors(sent)).isEmpty();
        assertThat(codes(read)).containsExactly("FORBIDDEN");
        assertThat(codes(schema)).containsExactly("FORBIDDEN");
        assertThat(codes(type)).containsExactly("FORBIDDEN");
        assertThat(schema.hasData()).isFalse();
    }

    @Test
    void aReaderMayNotSend() {
        var answer = ask(engine, GraphqlRequest.of("mutation { send { userErrors { message } } }"), Shop.READER);

        assertThat(codes(answer)).containsExactly("FORBIDDEN");
        assertThat(calls).hasValue(0);
    }

    @Test
    void anAdministratorMayDoEverything() {
        var answer = ask(engine, GraphqlRequest.of("{ numbers { secret } keys }"), Shop.caller(Scope.ADMIN));

        assertThat(errors(answer)).isEmpty();
    }

    private Object counted(Object value) {
        calls.incrementAndGet();
        return value;
    }
}

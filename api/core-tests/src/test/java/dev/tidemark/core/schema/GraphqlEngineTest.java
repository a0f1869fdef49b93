package dev.tidemark.core.schema;

import static dev.tidemark.core.schema.Shop.ask;
import static dev.tidemark.core.schema.Shop.codes;
import static dev.tidemark.core.schema.Shop.data;
import static dev.tidemark.core.schema.Shop.errors;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.schema.documents.Limits;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.DatabaseException;
import dev.tidemark.spi.ErrorCode;
import graphql.TrivialDataFetcher;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.dataloader.MappedBatchLoaderWithContext;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class GraphqlEngineTest {

    record User(int id, String name) {}

    private static final String USERS = """
            extend type Query {
              "All users."
              users: [User!]
              "Something slow."
              slow: String
            }
            "Somebody."
            type User {
              "Its number."
              id: Int!
              "Its name."
              name: String!
              "Who leads it."
              boss: User
            }
            """;

    private static final String FIELDS = """
            extend type Query {
              "One."
              a: String
              "Two."
              b: String
            }
            """;

    @Test
    void aRecordsComponentsAnswerFieldsWithoutResolvers() {
        var engine = Shop.engine(
                USERS,
                Contribution.builder()
                        .resolver("Query", "users", env -> List.of(new User(1, "Ada")))
                        .resolver("Query", "slow", env -> "late"));

        var answer = ask(engine, "{ users { id name } }");

        assertThat(data(answer)).isEqualTo(Map.of("users", List.of(Map.of("id", 1, "name", "Ada"))));
        assertThat(answer.body().get("extensions"))
                .isEqualTo(Map.of("cost", Map.of("requested", 10L, "limit", 10_000)));
    }

    @Test
    void independentFieldsAreResolvedSideBySide() {
        var bothAreThere = new CyclicBarrier(2);
        var engine = Shop.engine(
                FIELDS,
                Contribution.builder()
                        .resolver("Query", "a", env -> "a" + bothAreThere.await(10, TimeUnit.SECONDS))
                        .resolver("Query", "b", env -> "b" + bothAreThere.await(10, TimeUnit.SECONDS)));

        var answer = ask(engine, "{ a b }");

        assertThat(errors(answer)).isEmpty();
    }

    @Test
    void resolversRunOnVirtualThreads() {
        var engine = Shop.engine(
                FIELDS,
                Contribution.builder()
                        .resolver(
                                "Query",
                                "a",
                                env -> String.valueOf(Thread.currentThread().isVirtual()))
                        .resolver("Query", "b", env -> "b"));

        assertThat(data(ask(engine, "{ a }"))).isEqualTo(Map.of("a", "true"));
    }

    @Test
    void aTrivialResolverNeedsNoThread() {
        var engine = Shop.engine(
                FIELDS,
                Contribution.builder()
                        .resolver("Query", "a", (TrivialDataFetcher<String>)
                                env -> String.valueOf(Thread.currentThread().isVirtual()))
                        .resolver("Query", "b", env -> "b"));

        assertThat(data(ask(engine, "{ a }"))).isEqualTo(Map.of("a", "false"));
    }

    @Test
    void aFailingResolverNullsItsOwnFieldAndLeaksNothing() {
        var engine = Shop.engine(
                FIELDS,
                Contribution.builder()
                        .resolver("Query", "a", env -> {
                            throw new IllegalStateException("select secret from table at Foo.java");
                        })
                        .resolver("Query", "b", env -> "fine"));

        var answer = ask(engine, "{ a b }");

        assertThat(data(answer)).isEqualTo(mapOf("a", null, "b", "fine"));
        assertThat(errors(answer))
                .containsExactly(Map.of(
                        "message",
                        "Something went wrong on our side. The log has the details under this id: fault-1.",
                        "locations",
                        List.of(Map.of("line", 1, "column", 3)),
                        "path",
                        List.of("a"),
                        "extensions",
                        Map.of("code", "INTERNAL_SERVER_ERROR", "id", "fault-1")));
    }

    @Test
    void whatTheCallerDidIsToldWithItsCode() {
        var engine = Shop.engine(
                FIELDS,
                Contribution.builder()
                        .resolver("Query", "a", env -> {
                            throw new CallerException(ErrorCode.NOT_FOUND, "There is no a.");
                        })
                        .resolver(
                                "Query",
                                "b",
                                env -> CompletableFuture.failedFuture(
                                        new CallerException(ErrorCode.STALE_CURSOR, "Begin again.", "after"))));

        var answer = ask(engine, "{ a b }");

        assertThat(codes(answer)).containsExactlyInAnyOrder("NOT_FOUND", "STALE_CURSOR");
        assertThat(errors(answer)).extracting(error -> error.get("message")).contains("There is no a.");
    }

    @Test
    void theDatabasesTroubleIsToldByItsSqlState() {
        var engine = Shop.engine(
                FIELDS,
                Contribution.builder()
                        .resolver("Query", "a", env -> {
                            throw new DatabaseException(new SQLException("terminating connection", "57P01"));
                        })
                        .resolver("Query", "b", env -> {
                            throw new IllegalStateException(new SQLException("canceling statement", "57014"));
                        }));

        assertThat(codes(ask(engine, "{ a b }"))).containsExactlyInAnyOrder("UNAVAILABLE", "QUERY_TIMEOUT");
    }

    @Test
    void aValueOfTheWrongTypeIsOurFault() {
        var engine = Shop.engine(
                USERS,
                Contribution.builder()
                        .resolver("Query", "users", env -> "no list")
                        .resolver("Query", "slow", env -> "s"));

        var answer = ask(engine, "{ users { id } }");

        assertThat(codes(answer)).containsExactly("INTERNAL_SERVER_ERROR");
        assertThat(errors(answer).toString()).doesNotContain("java.", "String");
    }

    @Test
    void anErrorOfTheMachineIsAnsweredToo() {
        var engine = Shop.engine(
                FIELDS,
                Contribution.builder()
                        .resolver("Query", "a", env -> {
                            throw new StackOverflowError();
                        })
                        .resolver("Query", "b", env -> "fine"));

        assertThat(codes(ask(engine, "{ a b }"))).containsExactly("INTERNAL_SERVER_ERROR");
    }

    @RepeatedTest(10)
    void siblingsAreLoadedTogetherForTheirCaller() {
        var batches = Collections.synchronizedList(new ArrayList<Set<Integer>>());
        var callers = Collections.synchronizedList(new ArrayList<Caller>());
        var engine = Shop.engine(USERS, bosses(batches, callers).resolver("Query", "slow", env -> "s"));

        var answer = ask(engine, "{ users { boss { name boss { name } } } }");

        assertThat(errors(answer)).isEmpty();
        assertThat(batches).hasSize(2);
        assertThat(batches.stream().mapToInt(Set::size).sum()).isEqualTo(100);
        assertThat(callers).containsOnly(Shop.MASTER);
    }

    @Test
    void aSlowFieldHoldsUpNoBatch() {
        var loaded = new CountDownLatch(1);
        var batches = Collections.synchronizedList(new ArrayList<Set<Integer>>() {
            @Override
            public boolean add(Set<Integer> keys) {
                loaded.countDown();
                return super.add(keys);
            }
        });
        var engine = Shop.engine(
                USERS,
                bosses(batches, new ArrayList<>())
                        .resolver("Query", "slow", env -> String.valueOf(loaded.await(10, TimeUnit.SECONDS))));

        var answer = ask(engine, "{ slow users { boss { name } } }");

        assertThat(data(answer)).asInstanceOf(InstanceOfAssertFactories.MAP).containsEntry("slow", "true");
    }

    @Test
    void aBatchThatFailsIsOneFaultOfManyFields() {
        var engine = Shop.engine(
                USERS,
                Contribution.builder()
                        .resolver("Query", "users", env -> users())
                        .resolver("Query", "slow", env -> "s")
                        .resolver(
                                "User",
                                "boss",
                                env -> env.getDataLoader("bosses").load(1))
                        .batchLoader("bosses", (keys, env) -> {
                            throw new IllegalStateException("secret");
                        }));

        var answer = ask(engine, "{ users { boss { name } } }");

        assertThat(errors(answer)).hasSize(50);
        assertThat(errors(answer).stream().map(error -> error.get("extensions")).distinct())
                .hasSize(1);
    }

    @Test
    void whatTakesTooLongIsGivenUpAndInterrupted() throws InterruptedException {
        var interrupted = new CountDownLatch(1);
        var engine = Shop.engine(
                FIELDS,
                Contribution.builder()
                        .resolver("Query", "a", env -> {
                            try {
                                return String.valueOf(new CountDownLatch(1).await(60, TimeUnit.SECONDS));
                            } finally {
                                interrupted.countDown();
                            }
                        })
                        .resolver("Query", "b", env -> "b"),
                Limits.standard().withTimeout(Duration.ofMillis(50)));

        var answer = ask(engine, "{ a b }");

        assertThat(codes(answer)).containsExactly("QUERY_TIMEOUT");
        assertThat(answer.hasData()).isFalse();
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void mutationsRunOneAfterTheOther() {
        var running = new AtomicBoolean();
        var overlapped = new AtomicBoolean();
        var engine = Shop.engine(
                """
                extend type Query {
                  "Nothing."
                  a: String
                }
                extend type Mutation {
                  "Does it."
                  doIt: DoItPayload @access(scope: READ)
                }
                "What became of it."
                type DoItPayload {
                  "What was wrong."
                  userErrors: [UserError!]!
                }
                """, Contribution.builder().resolver("Query", "a", env -> "a").resolver("Mutation", "doIt", env -> {
                    overlapped.compareAndSet(false, !running.compareAndSet(false, true));
                    running.set(false);
                    return Map.of();
                }));

        var answer = ask(engine, "mutation { x: doIt { userErrors { code } } y: doIt { userErrors { code } } }");

        assertThat(data(answer))
                .isEqualTo(Map.of("x", Map.of("userErrors", List.of()), "y", Map.of("userErrors", List.of())));
        assertThat(overlapped).isFalse();
    }

    private static List<User> users() {
        return IntStream.range(0, 50).mapToObj(id -> new User(id, "u" + id)).toList();
    }

    private static Contribution.Builder bosses(List<Set<Integer>> batches, List<Caller> callers) {
        return Contribution.builder()
                .resolver("Query", "users", env -> users())
                .resolver(
                        "User",
                        "boss",
                        env -> env.getDataLoader("bosses")
                                .load(env.<User>getSource().id() + 100))
                .batchLoader("bosses", (MappedBatchLoaderWithContext<Integer, User>) (keys, env) -> {
                    batches.add(keys);
                    callers.add(Caller.of(env));
                    return CompletableFuture.completedFuture(keys.stream()
                            .collect(Collectors.toMap(key -> key, key -> new User(key, "boss" + key))));
                });
    }

    private static Map<String, Object> mapOf(String key, Object value, String otherKey, Object otherValue) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, value);
        map.put(otherKey, otherValue);
        return map;
    }
}

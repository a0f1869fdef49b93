package dev.tidemark.core.schema;

import static dev.tidemark.core.schema.Shop.ask;
import static dev.tidemark.core.schema.Shop.codes;
import static dev.tidemark.core.schema.Shop.data;
import static dev.tidemark.core.schema.Shop.errors;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.schema.documents.GraphqlRequest;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ErrorCode;
import graphql.schema.DataFetcher;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MutationTest {

    record Made(String name) {}

    private static final String SDL = """
            extend type Query {
              "Nothing."
              nothing: String
            }
            extend type Mutation {
              "Makes a thing."
              make("Its name." name: String!): MakePayload! @access(scope: WRITE)
              "Makes things."
              makeMany("Their names." input: MakeManyInput!): MakePayload! @access(scope: WRITE)
            }
            "What to make."
            input MakeManyInput {
              "Their names."
              names: [String!]!
            }
            "What became of it."
            type MakePayload {
              "The name of what was made."
              name: String
              "How often; computed."
              times: Int
              "What was wrong."
              userErrors: [UserError!]!
            }
            """;

    private static final String MAKE = "mutation { make(name: \"x\") { name times userErrors { message code path } } }";

    @Test
    void anAnswerNeedsNoUserErrors() {
        var answer = ask(engine(env -> new Made(env.getArgument("name"))), MAKE);

        assertThat(data(answer)).isEqualTo(Map.of("make", Map.of("name", "x", "times", 1, "userErrors", List.of())));
    }

    @Test
    void anAnswerMayHaveUserErrorsOfItsOwn() {
        var error = Map.of("message", "Half done.", "code", "CONFLICT", "path", List.of());

        var answer = ask(engine(env -> Map.of("name", "x", "userErrors", List.of(error))), MAKE);

        assertThat(data(answer))
                .isEqualTo(Map.of("make", Map.of("name", "x", "times", 1, "userErrors", List.of(error))));
    }

    @ParameterizedTest
    @EnumSource(names = {"BAD_USER_INPUT", "NOT_FOUND", "CONFLICT", "QUOTA_EXCEEDED"})
    void whatTheUserCanMendIsInThePayload(ErrorCode code) {
        var answer = ask(
                engine(env -> {
                    throw new CallerException(code, "Choose another name.", "name");
                }),
                MAKE);

        assertThat(errors(answer)).isEmpty();
        assertThat(data(answer).toString())
                .isEqualTo("{make={name=null, times=null, userErrors=[{message=Choose another name., code=" + code
                        + ", path=[name]}]}}");
    }

    @Test
    void aFutureThatFailsIsNoDifferent() {
        var refused = new CallerException(ErrorCode.CONFLICT, "It is there already.");

        var answer = ask(engine(env -> CompletableFuture.failedFuture(refused)), MAKE);

        assertThat(errors(answer)).isEmpty();
        assertThat(data(answer).toString()).contains("It is there already.");
    }

    @ParameterizedTest
    @EnumSource(names = {"FORBIDDEN", "UNAVAILABLE", "RATE_LIMITED"})
    void whatTheUserCannotMendIsAnError(ErrorCode code) {
        var answer = ask(
                engine(env -> {
                    throw new CallerException(code, "Not now.");
                }),
                MAKE);

        assertThat(codes(answer)).containsExactly(code.name());
        assertThat(answer.hasData()).isTrue();
        assertThat(data(answer)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "\ud800", "\udc00a"})
    void aTextThatCannotBeKeptIsRefusedWhereItStands(String text) {
        var input = Map.of("names", List.of("fine", text));

        var answer = ask(
                engine(env -> new Made("made")),
                GraphqlRequest.of(
                        "mutation($input: MakeManyInput!) { makeMany(input: $input) { name userErrors { message code path } } }",
                        Map.of("input", input)),
                Shop.WRITER);

        assertThat(errors(answer)).isEmpty();
        assertThat(data(answer).toString()).contains("name=null", "U+0000", "code=BAD_USER_INPUT", "path=[names, 1]");
    }

    private static GraphqlEngine engine(DataFetcher<?> make) {
        return Shop.engine(
                SDL,
                Contribution.builder()
                        .resolver("Query", "nothing", env -> null)
                        .resolver("Mutation", "make", make)
                        .resolver("Mutation", "makeMany", make)
                        .resolver("MakePayload", "times", env -> 1));
    }
}

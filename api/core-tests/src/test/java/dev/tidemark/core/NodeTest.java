package dev.tidemark.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.schema.ExecutionAnswer;
import dev.tidemark.core.schema.documents.GraphqlRequest;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Refusal;
import dev.tidemark.spi.Scope;
import dev.tidemark.spi.Submission;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeTest {

    private static final String NODE = "query($id: ID!) { node(id: $id) { __typename id } }";

    @AutoClose
    private TestEngine engine;

    private TestProject shop;

    @BeforeAll
    void start(PostgresAddress database) {
        engine = TestEngine.start(database);
        shop = engine.project();
        shop.collect(Event.of("visit"));
        shop.engine()
                .events()
                .collect(
                        shop.project(),
                        List.of(new Submission.Unreadable("{", new Refusal("bad_json", "", "It ends too soon."))),
                        Origin.of("test", Instant.EPOCH));
    }

    @ParameterizedTest
    @CsvSource({
        "Event, '{ events(collection: \"visit\") { nodes { id } } }'",
        "DeadLetter, '{ deadLetters { nodes { id } } }'",
        "ApiKey, '{ apiKeys { id } }'",
        "Project, '{ project { id } }'"
    })
    void eachNodeIsFoundByItsIdAndOnlyInItsProject(String type, String question) {
        Map<String, Object> id = Map.of("id", firstId(shop.query(question)));

        assertThat(shop.query(NODE, id)).isEqualTo(Map.of("node", Map.of("__typename", type, "id", id.get("id"))));
        assertThat(engine.project().query(NODE, id)).containsEntry("node", null);
    }

    @Test
    void aKeyThatMayNotSeeKeysFindsNone() {
        var reader = engine.engine().callers().withKey(shop.key(Scope.READ), Optional.empty());
        var request = GraphqlRequest.of(NODE, Map.of("id", firstId(shop.query("{ apiKeys { id } }"))));

        var answer = (ExecutionAnswer.Complete) engine.engine().graphql().execute(request, reader);

        assertThat(answer.body().toString()).contains("FORBIDDEN", "MASTER");
    }

    @Test
    void whatWasNeverAnIdIsNotThere() {
        assertThat(shop.query(NODE, Map.of("id", "nonsense"))).containsEntry("node", null);
    }

    private static Object firstId(Object answer) {
        return switch (answer) {
            case Map<?, ?> map ->
                map.containsKey("id")
                        ? map.get("id")
                        : firstId(map.values().iterator().next());
            case List<?> list -> firstId(list.getFirst());
            default -> throw new IllegalArgumentException(answer.toString());
        };
    }
}

package dev.tidemark.core.schema;

import dev.tidemark.core.schema.documents.Limits;
import dev.tidemark.spi.Contribution;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The schema that the cases of hostile requests speak of, and how often it was asked. */
final class Hostile {

    static final String SDL = """
            extend type Query {
              "Nothing but an answer."
              ping: String
              "All collections."
              collections: [Thing!]
              "One collection."
              collection("Its name." name: String!): Thing
              "Rows by SQL."
              sql("A select." query: String!, "Milliseconds." timeoutMs: Int): Rows @cost(weight: 1000)
            }
            "A collection that contains others."
            type Thing {
              "Its name."
              name: String
              "What it is in."
              parent: Thing
              "What is in it."
              collections: [Thing!]
            }
            "What SQL found."
            type Rows {
              "The rows."
              rows: [JSON!]
            }
            extend type Mutation {
              "Stores events."
              collect("Where." collection: String!, "What." events: [JSON!]!, "Once." batchId: String): CollectPayload
                @access(scope: WRITE)
            }
            "What was stored."
            type CollectPayload {
              "How many events."
              accepted: Int
              "What was wrong."
              userErrors: [UserError!]!
            }
            extend type Subscription {
              "Events as they come."
              events: Int
            }
            """;

    private static final Map<String, Object> THING =
            Map.of("name", "a", "parent", Map.of(), "collections", List.of(Map.of(), Map.of()));

    final AtomicInteger asked = new AtomicInteger();
    final GraphqlEngine engine;

    Hostile(Limits limits) {
        engine = Shop.engine(
                SDL,
                Contribution.builder()
                        .resolver("Query", "ping", env -> counted("pong"))
                        .resolver("Query", "collections", env -> counted(List.of(THING)))
                        .resolver("Query", "collection", env -> counted(THING))
                        .resolver("Query", "sql", env -> counted(Map.of("rows", List.of(1))))
                        .resolver("Thing", "collections", env -> counted(List.of(THING, THING)))
                        .resolver("Thing", "parent", env -> counted(THING))
                        .resolver("Mutation", "collect", env -> counted(Map.of("accepted", 1)))
                        .resolver("Subscription", "events", env -> new Numbers(3)),
                limits);
    }

    private Object counted(Object value) {
        asked.incrementAndGet();
        return value;
    }
}

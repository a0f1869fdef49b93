package dev.tidemark.server.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Says what a case says in the names of our schema. Bytes that are wrong on purpose stay as they are. */
final class OurNames {

    private static final String THEIR_MUTATION =
            "mutation C($c:String!,$e:[JSON!]!,$b:String){collect(collection:$c,events:$e,batchId:$b){accepted}}";
    private static final String OUR_MUTATION = "mutation C($e:[EventInput!]!){collect(input:{events:$e}){stored refused"
            + " outcomes{status reason{code message}} userErrors{message}}}";
    private static final String SQL = "query($n:Int){sql(query:\\\"SELECT 1\\\",timeoutMs:$n){rows}}";
    private static final String COLLISIONS = "{{HASH_COLLISION_OBJECT_20000}}";
    private static final int COLLIDING = 20_000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private OurNames() {}

    static HostileCase of(HostileCase theirs) {
        return theirs.withBody(
                theirs.body().contains(THEIR_MUTATION) ? events(theirs.body()) : document(theirs.body()));
    }

    private static String document(String body) {
        return body.replace(COLLISIONS, collisions())
                .replaceAll("\\bping\\b", "__typename")
                .replaceAll(
                        "collect\\(collection:(\\\\\"\\w+\\\\\"),events:\\[\\{",
                        "collect(input:{events:[{collection:$1,properties:{")
                .replace("}]){accepted}", "}}]}){stored}")
                .replace(SQL, "query($n:Int!){deadLetters(first:$n){nodes{id}}}")
                .replace(
                        "createProject(name:$n){name}",
                        "createProject(input:{slug:$n}){project{slug} userErrors{message}}");
    }

    private static String events(String body) {
        var ours = body.replace(THEIR_MUTATION, OUR_MUTATION);
        try {
            var request = (ObjectNode) JSON.readTree(ours);
            var variables = (ObjectNode) request.get("variables");
            var collection = variables.get("c").asText();
            var events = JSON.createArrayNode();
            variables.get("e").forEach(event -> events.add(event(collection, event)));
            request.set("variables", JSON.createObjectNode().set("e", events));
            return JSON.writeValueAsString(request);
        } catch (JsonProcessingException e) {
            return wrapped(ours);
        }
    }

    private static ObjectNode event(String collection, JsonNode theirs) {
        var properties = ((ObjectNode) theirs).deepCopy();
        var event = JSON.createObjectNode().put("collection", collection);
        var time = properties.remove("_time");
        if (time != null) {
            event.set("time", time);
        }
        return event.set("properties", properties);
    }

    /** What is no JSON, or none that a careful reader takes: its one event is put into ours as it is. */
    private static String wrapped(String body) {
        return body.replace("\"e\":[{", "\"e\":[{\"collection\":\"page_view\",\"properties\":{")
                .replace("}]}}", "}}]}}");
    }

    /** Names that all have the same hash, as Java counts it: "Aa" and "BB" do. */
    private static String collisions() {
        var members = IntStream.range(0, COLLIDING)
                .mapToObj(i -> IntStream.range(0, Short.SIZE)
                        .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining("", "\"", "\":1")))
                .collect(Collectors.joining(","));
        return "{\"query\":\"{ping}\",\"variables\":{" + members + "}}";
    }
}

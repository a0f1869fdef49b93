package dev.tidemark.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GraphqlOverHttpTest {

    private static final String GRAPHQL = "application/graphql-response+json";
    private static final String TYPENAME = "{\"query\":\"{ __typename }\"}";

    private SmallSite site;

    @BeforeAll
    void start() {
        site = new SmallSite(Map.of());
    }

    @AfterAll
    void stop() {
        site.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*|application/json",
                "application/*|application/json",
                "application/json|application/json",
                GRAPHQL + "|" + GRAPHQL,
                GRAPHQL + ", application/json|" + GRAPHQL,
                GRAPHQL + ", application/json;q=0.9|" + GRAPHQL,
                GRAPHQL + ";q=0.5, application/json|application/json",
                GRAPHQL + ";q=0, */*|application/json",
                "text/html, */*;q=0.1|application/json",
                "application/json;charset=utf-8|application/json"
            })
    void theClientRanksTheMediaTypeOfTheAnswer(String accept, String expected) {
        var answer = site.ask(TYPENAME, "Accept", accept);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(contentType(answer)).isEqualTo(expected + "; charset=utf-8");
        assertThat(answer.body()).contains("\"__typename\":\"Query\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json;q=0", "application/json;charset=utf-16"})
    void whoAcceptsNeitherMediaTypeIsTold(String accept) {
        var answer = site.ask(TYPENAME, "Accept", accept);

        assertThat(answer.statusCode()).isEqualTo(406);
        assertThat(answer.body()).contains("\"errors\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/json; charset=utf-16",
                "garbage",
                "application/jsonx"
            })
    void whatAFormCanSendIsNotTaken(String type) {
        var answer = site.send(site.request("/graphql")
                .header("X-API-Key", SmallSite.KEY)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(TYPENAME)));

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("UNSUPPORTED_MEDIA_TYPE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "HEAD", "TRACE"})
    void otherMethodsAreNotAllowed(String method) {
        var answer = site.send(
                site.request("/graphql").header("X-API-Key", SmallSite.KEY).method(method, BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, POST, OPTIONS");
    }

    @Test
    void optionsTellsTheMethods() {
        var answer = site.send(site.request("/graphql").method("OPTIONS", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, POST, OPTIONS");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void aQueryMayComeByGet() {
        var answer = get(
                "query=" + encoded("query($t: JSON) { echo(text: $t) }") + "&variables=" + encoded("{\"t\":\"grüß\"}"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("grüß");
    }

    @Test
    void aMutationByGetIsRefusedAndNotRun() {
        var before = site.touched.get();

        var answer = get("query=" + encoded("mutation { touch { times } }"));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
        assertThat(site.touched).hasValue(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"query={a}&query={b}", "query={a}&variables=[]", "query={a}&variables=x", "", "operationName=x"})
    void aGetWithoutOneQueryIsRefused(String query) {
        assertThat(get(query.replace("{", "%7B")
                                .replace("}", "%7D")
                                .replace("[", "%5B")
                                .replace("]", "%5D"))
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "|Send a JSON object",
                "[]|batches",
                "[{\"query\":\"{a}\"},{\"query\":\"{a}\"}]|batches",
                "\"text\"|Send a JSON object",
                "{\"query\":\"{a}\"} x|line 1, column 17",
                "{\"query\":\"{a}\"}{}|Something follows",
                "{\"query\":\"{a}\",\"query\":\"{b}\"}|Duplicate",
                "{\"query\":1}|The member query is a string",
                "{\"query\":\"{a}\",\"variables\":[]}|The member variables is an object",
                "{\"query\":\"{a}\",\"variables\":\"\"}|The member variables is an object",
                "{\"query\":\"{a}\",\"extensions\":1}|The member extensions is an object",
                "{\"query\":\"{a}\",\"operationName\":{}}|The member operationName is a string",
                "{\"query\":\"{a}\",\"variables\":{\"a\":NaN}}|Non-standard token 'NaN'\"",
                "{\"query\":\"{a}\"|Unexpected end-of-input: expected close marker for Object\"",
                "{\"query\":\"{a}\",\"variables\":{\"a\":1e1000000000}}|exponent",
                "{\"query\":\"{a}\",\"variables\":{\"a\":01}}|no JSON",
                "{'query':'{a}'}|no JSON",
                "{}|no query"
            })
    void whatIsNoRequestIsRefusedWithItsPlace(String body, String part) {
        var answer = site.ask(body == null ? "" : body, "Accept", "application/json");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(part).contains("\"code\":\"BAD_USER_INPUT\"");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        for (var bad :
                new byte[][] {{(byte) 0xff}, {(byte) 0xc0, (byte) 0xaf}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80}}) {
            var body = ("{\"query\":\"{ __typename }\",\"x\":\"" + new String(bad, StandardCharsets.ISO_8859_1) + "\"}")
                    .getBytes(StandardCharsets.ISO_8859_1);

            var answer = site.send(site.request("/graphql")
                    .header("X-API-Key", SmallSite.KEY)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(body)));

            assertThat(answer.statusCode()).isEqualTo(400);
        }
    }

    @Test
    void tooDeepOrTooLargeIsRefused() {
        var deep = "{\"query\":\"{ __typename }\",\"variables\":{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}}";

        assertThat(site.ask(deep).statusCode()).isEqualTo(400);
        assertThat(site.ask("{\"query\":\"" + " ".repeat(SmallSite.LARGEST_QUERY) + "\"}")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void unknownMembersAreLeftAlone() {
        assertThat(site.ask("{\"query\":\"{ __typename }\",\"more\":{\"a\":[1]}}")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"{,GRAPHQL_PARSE_FAILED", "{ nothing },GRAPHQL_VALIDATION_FAILED"})
    void aWrongDocumentIs400OrAsDeployedClientsExpect200(String query, String code) {
        var modern = site.ask("{\"query\":\"" + query + "\"}", "Accept", GRAPHQL);
        var deployed = site.ask("{\"query\":\"" + query + "\"}", "Accept", "application/json");

        assertThat(modern.statusCode()).isEqualTo(400);
        assertThat(deployed.statusCode()).isEqualTo(200);
        assertThat(modern.body()).contains(code).doesNotContain("\"data\"");
    }

    @Test
    void aDefectOfOursNullsItsFieldAndTellsAnId() {
        var answer = site.ask("{\"query\":\"{ broken }\"}", "Accept", GRAPHQL);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("INTERNAL_SERVER_ERROR", "\"broken\":null")
                .doesNotContain("secret");
    }

    @Test
    void aSubscriptionIsRefusedInWords() {
        var answer = site.ask("{\"query\":\"subscription { news }\"}", "Accept", GRAPHQL);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("ubscription");
    }

    @Test
    void withoutAKeyNothingIsAnsweredNotEvenTheSchema() {
        var post = site.send(site.request("/graphql")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(TYPENAME)));
        var get = site.send(site.request("/graphql?api_key=" + SmallSite.KEY + "&query=" + encoded("{ __typename }")));

        assertThat(post.statusCode()).isEqualTo(401);
        assertThat(post.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"tidemark\"");
        assertThat(post.body()).contains("UNAUTHENTICATED");
        assertThat(get.statusCode()).isEqualTo(401);
    }

    @Test
    void twoKeysAreRefused() {
        assertThat(site.ask(TYPENAME, "X-API-Key", "wrong").statusCode()).isEqualTo(401);
        assertThat(site.ask(TYPENAME, "Authorization", "Bearer " + SmallSite.KEY)
                        .statusCode())
                .isEqualTo(401);
    }

    private HttpResponse<String> get(String query) {
        return site.send(site.request("/graphql?" + query).header("Authorization", "Bearer " + SmallSite.KEY));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String contentType(HttpResponse<?> answer) {
        return answer.headers().firstValue("Content-Type").orElse("");
    }
}

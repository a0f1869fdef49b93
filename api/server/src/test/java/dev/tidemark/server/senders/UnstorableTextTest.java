package dev.tidemark.server.senders;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UnstorableTextTest extends SenderTest {

    @Test
    void aTextInAnAddressThatCannotBeKeptIsForTheCallerToMend() {
        var person = request("/export/person?id=%00").GET();
        var file = request("/import?collection=a&id=1&file=%00").POST(BodyPublishers.ofString("a,b\n1,2\n"));

        for (var request : List.of(person, file)) {
            var answer = receiver.server().send(request, "Authorization", "Bearer " + receiver.key("master"));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(answer.body()).contains("U+0000");
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(receiver.server().uri(path));
    }
}

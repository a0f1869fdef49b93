package dev.tidemark.server.http;

import dev.tidemark.core.naming.Nearest;
import dev.tidemark.core.questions.sql.Shown;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Set;

/** Says that nothing is at a path, and what may have been meant. */
record Nowhere(Set<String> prefixes) implements Handler {

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        var path = Shown.of(request.path().path());
        throw new HttpRefusal(
                Status.NOT_FOUND_404,
                "NOT_FOUND",
                "There is nothing at " + path + "." + Nearest.hint(path, prefixes)
                        + " Events go to /collect, questions to /graphql.");
    }
}

package dev.tidemark.posthog;

import dev.tidemark.spi.Callers;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Scope;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** PostHog's addresses; each takes every shape. */
final class PosthogRoute implements HttpService {

    static final String SOURCE = "posthog";

    private final ModuleContext context;
    private final int largestRequest;

    PosthogRoute(ModuleContext context, int largestRequest) {
        this.context = context;
        this.largestRequest = largestRequest;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/", this::take);
    }

    private void take(ServerRequest request, ServerResponse response) {
        var receivedAt = context.clock().instant();
        var batch = Batch.of(request, context, largestRequest);
        var key = ProjectToken.of(batch.around(), batch.items());
        var caller = context.callers().withKey(key, request.headers().first(Callers.PROJECT));
        caller.require(Scope.WRITE);
        var captures = new Captures(batch.around(), SentAt.of(request.query()), receivedAt, key);
        var origin = Origin.of(SOURCE, receivedAt, caller, request);
        context.events().collect(caller.project(), batch.submissions(captures), origin);
        response.headers().contentType(MediaTypes.APPLICATION_JSON);
        response.send("{\"status\":1}");
    }
}

package dev.tidemark.posthog;

import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Scope;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** The address of PostHog's newer SDKs: the key is a Bearer token, and the answer says of each capture what became of it. */
final class EventsRoute implements HttpService {

    private final ModuleContext context;
    private final int largestRequest;

    EventsRoute(ModuleContext context, int largestRequest) {
        this.context = context;
        this.largestRequest = largestRequest;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/", this::take);
    }

    private void take(ServerRequest request, ServerResponse response) {
        var receivedAt = context.clock().instant();
        var caller = context.callers().of(request);
        caller.require(Scope.WRITE);
        var batch = Batch.of(request, context, largestRequest);
        var captures = new Captures(batch.around(), SentAt.of(request.headers()), receivedAt, KeyText.REMOVED);
        var origin = Origin.of(PosthogRoute.SOURCE, receivedAt, caller, request);
        var outcomes = context.events().collect(caller.project(), batch.submissions(captures), origin);
        response.headers().contentType(MediaTypes.APPLICATION_JSON);
        response.send(new Results(batch.items(), outcomes).json());
    }
}

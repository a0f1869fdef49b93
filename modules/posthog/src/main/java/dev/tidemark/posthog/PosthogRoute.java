package dev.tidemark.posthog;

import dev.tidemark.spi.Callers;
import dev.tidemark.spi.JsonObject;
import dev.tidemark.spi.JsonReader.Item;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Scope;
import dev.tidemark.spi.Submission;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;

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
        List<Item> items = new ArrayList<>();
        var body = PosthogBody.json(request, largestRequest);
        var around = new JsonObject(context.json().batch(body, "batch", items::add));
        var key = ProjectToken.of(around, items);
        var caller = context.callers().withKey(key, request.headers().first(Callers.PROJECT));
        caller.require(Scope.WRITE);
        var captures = new Captures(around, SentAt.of(request.query()), receivedAt, key);
        var submissions = items.stream()
                .map(item -> kept(key, captures, item.submission(captures::event)))
                .toList();
        context.events().collect(caller.project(), submissions, Origin.of(SOURCE, receivedAt, caller, request));
        response.headers().contentType(MediaTypes.APPLICATION_JSON);
        response.send("{\"status\":1}");
    }

    private static Submission kept(String key, Captures captures, Submission submission) {
        return submission instanceof Submission.Unreadable(var raw, var reason, var nothing)
                ? new Submission.Unreadable(new KeyText(key).removedFrom(raw), reason).within(captures.said())
                : submission;
    }
}

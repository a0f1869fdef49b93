package dev.tidemark.posthog;

import dev.tidemark.spi.JsonObject;
import dev.tidemark.spi.JsonReader.Item;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Submission;
import io.helidon.webserver.http.ServerRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * What a request carries.
 *
 * @param around what it says of all its captures
 */
record Batch(JsonObject around, List<Item> items) {

    static Batch of(ServerRequest request, ModuleContext context, int most) {
        List<Item> items = new ArrayList<>();
        var body = PosthogBody.json(request, most);
        return new Batch(new JsonObject(context.json().batch(body, "batch", items::add)), items);
    }

    List<Submission> submissions(Captures captures) {
        return items.stream()
                .map(item -> kept(captures, item.submission(captures::event)))
                .toList();
    }

    private static Submission kept(Captures captures, Submission submission) {
        return submission instanceof Submission.Unreadable(var raw, var reason, var nothing)
                ? new Submission.Unreadable(new KeyText(captures.key()).removedFrom(raw), reason)
                        .within(captures.said())
                : submission;
    }
}

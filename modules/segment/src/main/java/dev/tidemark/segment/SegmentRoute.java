package dev.tidemark.segment;

import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Callers;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.JsonObject;
import dev.tidemark.spi.JsonReader.Item;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Refusal;
import dev.tidemark.spi.RequestBody;
import dev.tidemark.spi.Scope;
import dev.tidemark.spi.Submission;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Segment's addresses. */
final class SegmentRoute implements HttpService {

    static final String SOURCE = "segment";
    private static final List<String> BATCHES = List.of("batch", "b", "import");

    private final ModuleContext context;
    private final SegmentLimits limits;

    SegmentRoute(ModuleContext context, SegmentLimits limits) {
        this.context = context;
        this.limits = limits;
    }

    /** Some SDKs end their addresses with a slash. */
    @Override
    public void routing(HttpRules rules) {
        rules.get("/projects/{key}/settings", this::tellSettings);
        for (var batch : BATCHES) {
            rules.post("/" + batch + "[/]", (request, response) -> take(request, response, Optional.empty()));
        }
        for (var type : MessageType.values()) {
            rules.post("/" + type.path() + "[/]", (request, response) -> take(request, response, Optional.of(type)));
            rules.post("/" + type.letter() + "[/]", (request, response) -> take(request, response, Optional.of(type)));
        }
    }

    private void tellSettings(ServerRequest request, ServerResponse response) {
        var key = request.path().pathParameters().get("key");
        context.callers().withKey(key, request.headers().first(Callers.PROJECT)).require(Scope.WRITE);
        response.headers().contentType(MediaTypes.APPLICATION_JSON);
        response.header(HeaderValues.CACHE_NO_CACHE);
        response.send(SdkSettings.of(request, key).json());
    }

    private void take(ServerRequest request, ServerResponse response, Optional<MessageType> type) {
        var receivedAt = context.clock().instant();
        List<Item> items = new ArrayList<>();
        var around = around(request, items);
        var caller = caller(request, around, items);
        caller.require(Scope.WRITE);
        if (items.size() > limits.messages()) {
            throw new CallerException(
                    ErrorCode.PAYLOAD_TOO_LARGE,
                    "A batch may have " + limits.messages() + " messages: send it in parts.");
        }
        var messages = new Messages(type, around, receivedAt);
        var submissions = items.stream().map(item -> submission(item, messages)).toList();
        context.events().collect(caller.project(), submissions, Origin.of(SOURCE, receivedAt, caller, request));
        response.headers().contentType(MediaTypes.APPLICATION_JSON);
        response.send("{\"success\":true}");
    }

    /** What is said of all messages. */
    private JsonObject around(ServerRequest request, List<Item> items) {
        try (var body = RequestBody.of(request, limits.requestBytes())) {
            return new JsonObject(context.json().batch(body, "batch", items::add));
        }
    }

    private Caller caller(ServerRequest request, JsonObject around, List<Item> items) {
        var key = request.headers()
                .first(HeaderNames.AUTHORIZATION)
                .flatMap(WriteKey::of)
                .or(() -> request.headers().first(Callers.API_KEY));
        var only = items.stream()
                .filter(Item.Read.class::isInstance)
                .map(item -> new JsonObject(((Item.Read) item).value()))
                .findFirst();
        return context.callers()
                .withKey(
                        key.orElseGet(() -> WriteKey.within(around, only)),
                        request.headers().first(Callers.PROJECT));
    }

    private Submission submission(Item item, Messages messages) {
        var submission = item instanceof Item.Read read && read.raw().get().length() > limits.messageBytes()
                ? tooLarge(read)
                : item.submission(messages::event);
        return submission instanceof Submission.Unreadable letter ? letter.within(messages.said()) : submission;
    }

    private Submission tooLarge(Item.Read read) {
        var message = "A message may have " + limits.messageBytes() + " bytes: send less in it.";
        return new Submission.Unreadable(read.raw().get(), new Refusal("too_large", "", message));
    }
}

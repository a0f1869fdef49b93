package dev.tidemark.collect;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.JsonReader.Item;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.RequestBody;
import dev.tidemark.spi.Scope;
import dev.tidemark.spi.Submission;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpMediaType;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the events of a request, stores them, and answers when they are committed. */
final class CollectRoute implements HttpService {

    private static final HttpMediaType JSON = HttpMediaType.create("application/json");

    private final ModuleContext context;
    private final int mostBytes;

    CollectRoute(ModuleContext context, int mostBytes) {
        this.context = context;
        this.mostBytes = mostBytes;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/", this::collect);
    }

    private void collect(ServerRequest request, ServerResponse response) {
        var caller = context.callers().of(request);
        caller.require(Scope.WRITE);
        var project = caller.project();
        var submissions = submissions(request);
        var outcomes = context.events()
                .collect(
                        project,
                        submissions,
                        Origin.of("collect", context.clock().instant(), caller, request));
        response.headers().contentType(JSON);
        response.send(new CollectAnswer(outcomes).json().getBytes(StandardCharsets.UTF_8));
    }

    private List<Submission> submissions(ServerRequest request) {
        var isLines = isLines(request);
        List<Submission> submissions = new ArrayList<>();
        try (var body = RequestBody.of(request, mostBytes)) {
            if (isLines) {
                context.json().lines(body, item -> submissions.add(submission(item)));
            } else {
                context.json().items(body, item -> submissions.add(submission(item)));
            }
        }
        return submissions;
    }

    private Submission submission(Item item) {
        return switch (item) {
            case Item.Read read -> context.events().submission(read.value());
            case Item.Spoiled spoiled -> spoiled.unreadable();
        };
    }

    /** Whether the body holds an event a line, or else one JSON text. */
    private static boolean isLines(ServerRequest request) {
        var type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        return switch (type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)) {
            case "application/json" -> false;
            case "application/x-ndjson" -> true;
            default ->
                throw new CallerException(
                        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                        "Send events as Content-Type: application/json (one event or an array), or"
                                + " application/x-ndjson (an event a line).");
        };
    }
}

package dev.tidemark.beacon;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.JsonReader.Item;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.RequestBody;
import dev.tidemark.spi.Submission;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;

/** {@code navigator.sendBeacon}: the body is as {@code POST /collect} has it, whatever its type says. */
final class BeaconRoute implements HttpService {

    private static final String SECONDS_OF_PREFLIGHT = "600";

    private final ModuleContext context;
    private final KnownOrigins origins;
    private final int largestRequest;

    BeaconRoute(ModuleContext context, KnownOrigins origins, int largestRequest) {
        this.context = context;
        this.origins = origins;
        this.largestRequest = largestRequest;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/", this::take).options("/", this::permit);
    }

    private void take(ServerRequest request, ServerResponse response) {
        var caller = PageKey.caller(context.callers(), request);
        share(caller.project(), request, response);
        List<Submission> submissions = new ArrayList<>();
        try (var body = RequestBody.of(request, largestRequest)) {
            context.json().items(body, item -> submissions.add(submission(item)));
        }
        context.events()
                .collect(
                        caller.project(),
                        submissions,
                        Origin.of("beacon", context.clock().instant(), caller, request));
        response.status(Status.NO_CONTENT_204).send();
    }

    private Submission submission(Item item) {
        return switch (item) {
            case Item.Read read -> context.events().submission(read.value());
            case Item.Spoiled spoiled -> spoiled.unreadable();
        };
    }

    /** A browser asks before it sends a body that no form could send. */
    private void permit(ServerRequest request, ServerResponse response) {
        share(PageKey.caller(context.callers(), request).project(), request, response);
        response.header(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "POST");
        response.header(HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type");
        response.header(HeaderNames.ACCESS_CONTROL_MAX_AGE, SECONDS_OF_PREFLIGHT);
        response.status(Status.NO_CONTENT_204).send();
    }

    /** Beacons are sent with credentials, which a browser does not do unless it is told so; none are looked at here. */
    private void share(Project project, ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.VARY, "Origin");
        var origin = request.headers().first(HeaderNames.ORIGIN);
        if (origin.isEmpty()) {
            return;
        }
        if (!origins.allows(project, origin.get())) {
            throw new CallerException(
                    ErrorCode.FORBIDDEN,
                    "Pages of " + origin.get() + " may not send to this project: add it with setAllowedOrigins.");
        }
        response.header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin.get());
        response.header(HeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    }
}

package dev.tidemark.beacon;

import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Origin;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Base64;
import java.util.List;

/** A picture of one transparent pixel: whoever shows it tells an event. */
final class PixelRoute implements HttpService {

    private static final byte[] GIF =
            Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
    private static final Header TYPE = HeaderValues.create(HeaderNames.CONTENT_TYPE, "image/gif");
    private static final Header NEVER_KEPT =
            HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store, no-cache, must-revalidate, private");

    /** Pages that isolate themselves show no picture that does not say so. */
    private static final Header FOR_ALL_PAGES = HeaderValues.create("Cross-Origin-Resource-Policy", "cross-origin");

    private final ModuleContext context;

    PixelRoute(ModuleContext context) {
        this.context = context;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", this::take);
    }

    private void take(ServerRequest request, ServerResponse response) {
        var caller = PageKey.caller(context.callers(), request);
        var submission = context.events().submission(PixelAddress.fields(request.query()));
        context.events()
                .collect(
                        caller.project(),
                        List.of(submission),
                        Origin.of("pixel", context.clock().instant(), caller, request));
        response.header(TYPE).header(NEVER_KEPT).header(FOR_ALL_PAGES);
        response.send(GIF);
    }
}

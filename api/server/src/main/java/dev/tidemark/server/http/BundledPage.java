package dev.tidemark.server.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.staticcontent.StaticContentService;

/**
 * A page of ours, from the class path. The policy keeps the page from asking any other origin.
 *
 * @param name of its folder
 */
record BundledPage(String name) implements HttpService {

    private static final Header POLICY = HeaderValues.create(
            "Content-Security-Policy",
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:;"
                    + " worker-src 'self' blob:; frame-ancestors 'none'");
    private static final Header FOR_EVER =
            HeaderValues.create(HeaderNames.CACHE_CONTROL, "public, max-age=31536000, immutable");

    private static final Header ASK_AGAIN = HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-cache");
    private static final Header NO_REFERRER = HeaderValues.create("Referrer-Policy", "no-referrer");

    @Override
    public void routing(HttpRules rules) {
        rules.any(BundledPage::headers)
                .get("/", this::folder)
                .register(StaticContentService.builder("/" + name, BundledPage.class.getClassLoader())
                        .welcomeFileName("index.html")
                        .build());
    }

    /** Browsers find the files of the page beside it only in a folder; a proxy may have put the page at any address. */
    private void folder(ServerRequest request, ServerResponse response) {
        if (request.prologue().uriPath().rawPath().endsWith("/")) {
            response.next();
        } else {
            response.status(Status.MOVED_PERMANENTLY_301)
                    .header(HeaderNames.LOCATION, name + "/")
                    .send();
        }
    }

    /** The names of the files below {@code assets} change with their content. */
    private static void headers(ServerRequest request, ServerResponse response) {
        response.header(POLICY);
        response.header(NO_REFERRER);
        response.header(request.path().path().contains("/assets/") ? FOR_EVER : ASK_AGAIN);
        response.next();
    }
}

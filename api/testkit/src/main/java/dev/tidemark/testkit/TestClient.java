package dev.tidemark.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;

/** Sends requests over HTTP, each of which waits for its answer. A connection that breaks is an {@link UncheckedIOException}. */
public final class TestClient implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();

    /** @param headers names and values in turns */
    public HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
        return send(headers.length > 0 ? request.headers(headers) : request, BodyHandlers.ofString());
    }

    /** @param body how the body is read: as a stream it is read by the caller, and the answer is there as soon as it begins */
    public <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body) {
        try {
            return http.send(request.build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}

package dev.tidemark.server.http;

import io.helidon.http.Header;
import io.helidon.http.Status;
import java.util.List;

/** A request that HTTP's own rules refuse, before anything looked into it. */
final class HttpRefusal extends RuntimeException {

    private final transient Status status;
    private final transient List<Header> headers;
    private final String code;

    HttpRefusal(Status status, String code, String sentence, Header... headers) {
        super(sentence);
        this.status = status;
        this.code = code;
        this.headers = List.of(headers);
    }

    Status status() {
        return status;
    }

    String code() {
        return code;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }

    List<Header> headers() {
        return headers;
    }
}

package dev.tidemark.spi;

/** What a client can act on: {@code extensions.code} of a GraphQL error, and the type of a problem over HTTP. */
public enum ErrorCode {
    BAD_USER_INPUT(400),
    UNAUTHENTICATED(401),
    FORBIDDEN(403),
    NOT_FOUND(404),
    CONFLICT(409),
    PAYLOAD_TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    RATE_LIMITED(429),
    QUOTA_EXCEEDED(429),
    QUERY_TOO_COMPLEX(400),
    QUERY_TIMEOUT(504),
    STALE_CURSOR(410),
    /** The database or the server cannot take it now; the same request later will do. */
    UNAVAILABLE(503);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    /** The HTTP status outside GraphQL. */
    public int status() {
        return status;
    }
}

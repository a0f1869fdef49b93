package dev.tidemark.server.live;

/** Why a socket is closed: codes of RFC 6455 and its registry, and of graphql-transport-ws. */
enum CloseCode {
    NORMAL(1000),
    STOPPING(1001),
    PROTOCOL_ERROR(1002),
    NO_TEXT(1003),
    NO_UTF8(1007),
    TOO_MUCH(1008),
    TOO_LARGE(1009),
    FAULT(1011),
    TRY_LATER(1013),
    BAD_REQUEST(4400),
    UNAUTHORIZED(4401),
    FORBIDDEN(4403),
    NO_SUBPROTOCOL(4406),
    INIT_TIMEOUT(4408),
    SUBSCRIBER_EXISTS(4409),
    SECOND_INIT(4429);

    private final int number;

    CloseCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}

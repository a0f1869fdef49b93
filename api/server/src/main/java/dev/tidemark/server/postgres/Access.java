package dev.tidemark.server.postgres;

import java.io.IOException;

/** How to get into a running database. */
record Access(int port, String password) {
    static final String USER = "postgres";

    static Access of(Home home) throws IOException {
        return new Access(Port.last(home.port()), Password.read(home));
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port);
    }

    /** Without the password: it must not get into a log. */
    @Override
    public String toString() {
        return url();
    }
}

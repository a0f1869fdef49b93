package dev.tidemark.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.testkit.PostgresExtension;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Real sockets, and a question that waits for a lock, long enough to be watched, which only the test releases. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientGoneTest {

    private static final String BODY =
            "{\"query\":\"{ aggregate(collection: \\\"click\\\", measures: {measure: COUNT}) { rows { measures } }"
                    + " }\"}";
    private static final String ANSWER = "{\"data\":{\"aggregate\":{\"rows\":[{\"measures\":{\"count\":1}}]}}";
    private static final String WAITING = "select count(*) from pg_stat_activity"
            + " where datname = current_database() and query like '%count(*)%click%' and wait_event_type = 'Lock'"
            + " and clock_timestamp() - query_start > interval '0.5 seconds'";

    private PostgresAddress database;
    private TestServer server;
    private String key;

    @BeforeAll
    void start(PostgresAddress address) {
        database = address;
        server = TestServer.start(address);
        key = server.createProject("shop").master();
        assertThat(server.ask("shop", "mutation { collect(input: {events: [{collection: \"click\"}]}) { stored } }"))
                .contains("\"stored\":1");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void theStatementOfAClientThatHasGoneIsCancelled() throws IOException, SQLException {
        try (var lock = locked()) {
            try (var client = connect()) {
                send(client);
                awaitWaiting(1);
            }

            awaitWaiting(0);
            lock.rollback();
        }
    }

    @Test
    void aClientThatWaitsIsAnsweredAndAsksOnOverTheSameConnection() throws IOException, SQLException {
        try (var client = connect()) {
            try (var lock = locked()) {
                send(client);
                awaitWaiting(1);
                lock.rollback();
            }
            assertThat(answer(client)).contains(ANSWER);

            send(client);

            assertThat(answer(client)).contains(ANSWER);
        }
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }

    private Connection locked() throws SQLException {
        var connection = open();
        connection.setAutoCommit(false);
        connection.createStatement().execute("lock table shop.click in access exclusive mode");
        return connection;
    }

    private void awaitWaiting(int statements) throws SQLException {
        try (var look = open()) {
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                try (var statement = look.createStatement();
                        var found = statement.executeQuery(WAITING)) {
                    found.next();
                    return found.getInt(1) == statements;
                }
            });
        }
    }

    private Socket connect() throws IOException {
        var uri = server.uri("/");
        return new Socket(uri.getHost(), uri.getPort());
    }

    private void send(Socket client) throws IOException {
        var request = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nX-API-Key: " + key
                + "\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY;
        client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    /** As far as the end of the extensions, which are the end of the body. */
    private static String answer(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        var text = new StringBuilder();
        while (!text.toString().endsWith("}}}")) {
            var next = in.read();
            assertThat(next).as("the stream after %s", text).isNotNegative();
            text.append((char) next);
        }
        return text.toString();
    }
}

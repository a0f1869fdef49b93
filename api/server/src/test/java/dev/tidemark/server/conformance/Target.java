package dev.tidemark.server.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** A server with the project that is attacked, its neighbour, and a look into the database behind them. */
final class Target implements AutoCloseable {

    static final String PROJECT = "shop";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CREATE = """
            mutation ($slug: String!) {
              createProject(input: { slug: $slug }) { keys { master write read } userErrors { message } }
            }
            """;

    private final TestServer server;
    /** Kept: to make one takes longer than all that it is asked. */
    private final Connection database;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonNode keys;

    Target(PostgresAddress address) throws SQLException {
        this.server = TestServer.start(address);
        this.database = DriverManager.getConnection(address.url(), address.user(), address.password());
        this.keys = create(PROJECT);
        var neighbour = create("blog").get("write").asText();
        ask(neighbour, "mutation { collect(input: {events: [{collection: \"purchase\"}]}) { stored } }", Map.of());
    }

    /** The secret of the project's key: master, write or read. */
    String key(String kind) {
        return keys.get(kind).asText();
    }

    HttpResponse<String> send(HostileCase hostile, Map<String, String> headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(server.uri(hostile.path().replace("%7B%7BREAD_KEY%7D%7D", key("read"))));
        headers.forEach(request::header);
        var body = hostile.body().getBytes(StandardCharsets.ISO_8859_1);
        request.method(hostile.method(), body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** The answer to a request whose headers no decent client sends; its first line has the status. */
    String sendRaw(HostileCase hostile, Map<String, String> headers) throws IOException {
        var uri = server.uri(hostile.path());
        try (var socket = new Socket(uri.getHost(), uri.getPort())) {
            var head = new StringBuilder("%s %s HTTP/1.1\r\nHost: x\r\n".formatted(hostile.method(), hostile.path()));
            headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            socket.getOutputStream().write((head + "\r\n" + hostile.body()).getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    JsonNode ask(String query, Map<String, Object> variables) {
        return ask(key("master"), query, variables);
    }

    boolean isAlive() {
        return server.get("/health/live").statusCode() == 200;
    }

    /** The one number that a query finds. */
    long number(String sql) {
        return Long.parseLong(rows(sql).iterator().next());
    }

    /** The first column of what a query finds, in order. */
    SortedSet<String> rows(String sql) {
        try (var statement = database.createStatement();
                var found = statement.executeQuery(sql)) {
            SortedSet<String> rows = new TreeSet<>();
            while (found.next()) {
                rows.add(found.getString(1));
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws SQLException {
        server.close();
        database.close();
    }

    private JsonNode create(String slug) {
        var made = ask(TestServer.ADMIN_KEY, CREATE, Map.of("slug", slug)).get("createProject");
        if (!made.get("userErrors").isEmpty()) {
            throw new IllegalStateException(made.toString());
        }
        return made.get("keys");
    }

    private JsonNode ask(String key, String query, Map<String, Object> variables) {
        try {
            var body = JSON.writeValueAsString(Map.of("query", query, "variables", variables));
            var answer = JSON.readTree(
                    server.post("/graphql", body, "Content-Type", "application/json", "Authorization", "Bearer " + key)
                            .body());
            if (answer.has("errors")) {
                throw new IllegalStateException(answer.toString());
            }
            return answer.get("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tables and schemas, and how many events there are, by which one sees what a request has done. */
    Traces traces() {
        return new Traces(
                number("select coalesce(sum(events), 0) from " + PROJECT + "._commit"),
                List.copyOf(rows("select schema_name::text from information_schema.schemata")),
                List.copyOf(rows("select label from " + PROJECT + "._collection")),
                List.copyOf(rows("select oid::regclass::text from pg_class where relkind in ('r', 'p')"
                        + " and not relispartition and relnamespace::regnamespace::text not in ('"
                        + PROJECT + "', 'pg_catalog', 'information_schema') order by oid")),
                number("select count(*) from pg_tables where schemaname = '" + PROJECT + "'"));
    }

    /**
     * What there is.
     *
     * @param elsewhere the tables of all other schemas, but for partitions: a job makes those ahead, at any moment
     * @param tables how many the project has, partitions included
     */
    record Traces(long events, List<String> schemas, List<String> collections, List<String> elsewhere, long tables) {}
}

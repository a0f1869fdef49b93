package dev.tidemark.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.spi.Scope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keys of a project, or of administrators. */
@Command(name = "key", description = "Make, list and revoke keys.", synopsisSubcommandLabel = "COMMAND")
final class KeyCommand {

    private static final String CREATE = """
            mutation ($input: CreateApiKeyInput!) {
              createApiKey(input: $input) {
                secret
                userErrors { message }
              }
            }
            """;
    private static final String REVOKE = """
            mutation ($id: ID!) {
              revokeApiKey(input: { id: $id }) { userErrors { message } }
            }
            """;
    private static final String LIST = "{ apiKeys { id name prefix scopes expiresAt lastUsedAt } }";

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--project",
            paramLabel = "SLUG",
            scope = picocli.CommandLine.ScopeType.INHERIT,
            description = "The project; without it, the keys of administrators.")
    private @Nullable String project;

    @Command(name = "create", description = "Make a key, and print it.")
    void create(
            @Mixin Connection connection,
            @Option(names = "--name", paramLabel = "NAME", required = true, description = "What people call it.")
                    String name,
            @Option(
                            names = "--scope",
                            paramLabel = "SCOPE",
                            required = true,
                            split = ",",
                            description = "What it may do: read, write, master or admin; several joined by commas.")
                    List<Scope> scopes,
            @Option(names = "--expires", paramLabel = "TIME", description = "From when on it is refused, in ISO 8601.")
                    @Nullable
                    String expires,
            @Option(
                            names = "--events-per-second",
                            paramLabel = "N",
                            description = "How many events may be sent with it in a second, on average, to each node.")
                    @Nullable
                    Long eventsPerSecond,
            @Option(
                            names = "--events-per-day",
                            paramLabel = "N",
                            description = "How many events may be sent with it on a day of UTC.")
                    @Nullable
                    Long eventsPerDay)
            throws IOException, InterruptedException {
        Map<String, Object> input = new HashMap<>();
        input.put("name", name);
        input.put("scopes", scopes);
        Optional.ofNullable(expires).ifPresent(time -> input.put("expiresAt", time));
        Optional.ofNullable(eventsPerSecond).ifPresent(limit -> input.put("eventsPerSecond", limit));
        Optional.ofNullable(eventsPerDay).ifPresent(limit -> input.put("eventsPerDay", limit));
        print(ask(connection, CREATE, Map.of("input", input)).path("secret").asText());
    }

    @Command(name = "list", description = "List keys, without their secrets.")
    void list(@Mixin Connection connection) throws IOException, InterruptedException {
        for (var key : ask(connection, LIST, Map.of())) {
            List<String> scopes = new ArrayList<>();
            key.path("scopes").forEach(scope -> scopes.add(scope.asText()));
            print("%-24s %-12s %-14s used %-24s %s"
                    .formatted(
                            key.path("id").asText(),
                            key.path("prefix").asText(),
                            String.join(",", scopes),
                            key.path("lastUsedAt").asText("never"),
                            key.path("name").asText()));
        }
    }

    @Command(name = "revoke", description = "Revoke a key, at once and for ever.")
    void revoke(
            @Mixin Connection connection,
            @Parameters(paramLabel = "ID", description = "The key's id, as key list shows it.") String id)
            throws IOException, InterruptedException {
        ask(connection, REVOKE, Map.of("id", id));
        print("The key is revoked.");
    }

    private JsonNode ask(Connection connection, String query, Map<String, Object> variables)
            throws IOException, InterruptedException {
        return connection.open().ask(query, variables, Optional.ofNullable(project));
    }

    private void print(String line) {
        Output.of(spec).println(line);
    }
}

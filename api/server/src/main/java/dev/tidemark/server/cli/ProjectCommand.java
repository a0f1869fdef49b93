package dev.tidemark.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Projects of a running server. */
@Command(name = "project", description = "Make, list and delete projects.", synopsisSubcommandLabel = "COMMAND")
final class ProjectCommand {

    private static final String CREATE = """
            mutation ($slug: String!) {
              createProject(input: { slug: $slug }) {
                keys { master write read }
                userErrors { message }
              }
            }
            """;
    private static final String DELETE = """
            mutation ($slug: String!, $confirm: String!) {
              deleteProject(input: { slug: $slug, confirm: $confirm }) { userErrors { message } }
            }
            """;

    @Spec
    private @Nullable CommandSpec spec;

    @Command(name = "create", description = "Make a project, and print its keys.")
    void create(
            @Mixin Connection connection,
            @Parameters(paramLabel = "SLUG", description = "Its name: a-z, 0-9 and _, beginning with a letter.")
                    String slug)
            throws IOException, InterruptedException {
        var keys = ask(connection, CREATE, Map.of("slug", slug)).path("keys");
        print("Project " + slug + " is there. Keep its keys: they are shown this once.");
        print("  MASTER_KEY=" + keys.path("master").asText());
        print("  WRITE_KEY=" + keys.path("write").asText());
        print("  READ_KEY=" + keys.path("read").asText());
    }

    @Command(name = "list", description = "List all projects.")
    void list(@Mixin Connection connection) throws IOException, InterruptedException {
        ask(connection, "{ projects { slug createdAt } }", Map.of())
                .forEach(project -> print("%-42s %s"
                        .formatted(
                                project.path("slug").asText(),
                                project.path("createdAt").asText())));
    }

    @Command(name = "delete", description = "Delete a project with all its data.")
    void delete(
            @Mixin Connection connection,
            @Parameters(paramLabel = "SLUG", description = "The project.") String slug,
            @Option(names = "--confirm", paramLabel = "SLUG", required = true, description = "Its name once more.")
                    String confirm)
            throws IOException, InterruptedException {
        ask(connection, DELETE, Map.of("slug", slug, "confirm", confirm));
        print("Project " + slug + " is deleted.");
    }

    private static JsonNode ask(Connection connection, String query, Map<String, Object> variables)
            throws IOException, InterruptedException {
        return connection.open().ask(query, variables, Optional.empty());
    }

    private void print(String line) {
        Output.of(spec).println(line);
    }
}

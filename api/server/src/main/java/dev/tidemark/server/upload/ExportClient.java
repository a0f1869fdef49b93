package dev.tidemark.server.upload;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A server's {@code /export}. An {@link IOException} says that what was written is not all. */
public record ExportClient(HttpClient http, ImportClient.Server server, String project) {

    /** Writes what the parameters choose. */
    public void export(Map<String, String> parameters, OutputStream out) throws IOException, InterruptedException {
        write(Requests.to(server, project, "/export", lists(parameters)).GET(), out);
    }

    /** Writes the answer to a question, which is JSON. */
    public void ask(String question, Map<String, String> parameters, OutputStream out)
            throws IOException, InterruptedException {
        write(
                Requests.to(server, project, "/export", lists(parameters))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(question)),
                out);
    }

    private void write(HttpRequest.Builder request, OutputStream out) throws IOException, InterruptedException {
        var response = http.send(request.build(), BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            if (response.statusCode() != 200) {
                throw Requests.refusal(response.statusCode(), body.readAllBytes(), project);
            }
            body.transferTo(out);
        }
    }

    private static Map<String, List<String>> lists(Map<String, String> parameters) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        parameters.forEach((name, value) -> lists.put(name, List.of(value)));
        return lists;
    }
}

package dev.tidemark.server.http;

import static graphql.language.OperationDefinition.Operation.MUTATION;
import static graphql.language.OperationDefinition.Operation.QUERY;
import static graphql.language.OperationDefinition.Operation.SUBSCRIPTION;

import dev.tidemark.core.json.JsonWriter;
import dev.tidemark.core.schema.ExecutionAnswer;
import dev.tidemark.core.schema.ExecutionAnswer.Complete;
import dev.tidemark.core.schema.GraphqlEngine;
import dev.tidemark.core.schema.faults.Stage;
import dev.tidemark.server.live.EventStreams;
import dev.tidemark.server.live.Live;
import dev.tidemark.spi.Callers;
import graphql.language.OperationDefinition.Operation;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/**
 * GraphQL over HTTP.
 *
 * <p>A page of another origin cannot ask in its visitor's name: there is no cookie, and the header that carries the key makes a
 * browser ask first, whatever the method.
 */
final class GraphqlEndpoint implements HttpService {

    private static final Header ALLOW = HeaderValues.create(HeaderNames.ALLOW, "GET, POST, OPTIONS");
    private static final Header ONLY_POST = HeaderValues.create(HeaderNames.ALLOW, "POST");
    private static final Header NOT_STORED = HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store");
    private static final Header BY_ACCEPT = HeaderValues.create(HeaderNames.VARY, "Accept");

    private final GraphqlEngine engine;
    private final Callers callers;
    private final EventStreams streams;
    private final GraphqlRequests requests;

    GraphqlEndpoint(Live live, int largestBody) {
        this.engine = live.engine();
        this.callers = live.callers();
        this.streams = new EventStreams(live);
        this.requests = new GraphqlRequests(largestBody);
    }

    @Override
    public void routing(HttpRules rules) {
        rules.options(
                        "/",
                        (request, response) -> response.status(Status.NO_CONTENT_204)
                                .header(ALLOW)
                                .send())
                .any("/", this::answer);
    }

    private void answer(ServerRequest request, ServerResponse response) {
        response.header(NOT_STORED).headers().add(BY_ACCEPT);
        var type = AnswerType.JSON;
        try {
            if (EventStreams.isAskedFor(request.headers())) {
                stream(request, response);
                return;
            }
            type = AnswerType.acceptedBy(request.headers());
            execute(request, response, type);
        } catch (CloseConnectionException e) {
            throw e;
        } catch (RuntimeException e) {
            refuse(response, type, Problem.of(e));
        }
    }

    private void execute(ServerRequest request, ServerResponse response, AnswerType type) {
        var allowed = allowed(request.prologue().method());
        var caller = callers.of(request);
        var asked = requests.read(request);
        try (var memory = engine.share(caller)) {
            memory.run(() -> {
                switch (engine.execute(asked, caller, allowed, ClientConnection.CURRENT.get())) {
                    case Complete complete -> send(response, type, complete, allowed);
                    case ExecutionAnswer.Stream ignored ->
                        throw new IllegalStateException("A subscription was not refused.");
                }
            });
        }
    }

    private void stream(ServerRequest request, ServerResponse response) {
        var allowed = allowed(request.prologue().method());
        allowed.add(SUBSCRIPTION);
        streams.answer(request, response, requests.read(request), allowed, ClientConnection.CURRENT.get());
    }

    private static Set<Operation> allowed(Method method) {
        if (method.equals(Method.POST)) {
            return EnumSet.of(QUERY, MUTATION);
        }
        if (method.equals(Method.GET)) {
            return EnumSet.of(QUERY);
        }
        throw new HttpRefusal(
                Status.METHOD_NOT_ALLOWED_405, "METHOD_NOT_ALLOWED", "Ask by POST, or by GET for queries.", ALLOW);
    }

    private static void send(ServerResponse response, AnswerType type, Complete answer, Set<Operation> allowed) {
        if (answer.stage() == Stage.OPERATION && !allowed.contains(MUTATION)) {
            response.status(Status.METHOD_NOT_ALLOWED_405).header(ONLY_POST);
        } else {
            response.status(AnswerStatus.of(type, answer));
        }
        response.header(type.contentType());
        response.send(JsonWriter.write(answer.body()).getBytes(StandardCharsets.UTF_8));
    }

    private static void refuse(ServerResponse response, AnswerType type, Problem problem) {
        response.status(problem.status());
        problem.headers().forEach(response::header);
        response.header(type.contentType());
        response.send(problem.graphql());
    }
}

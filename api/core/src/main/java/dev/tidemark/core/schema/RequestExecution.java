package dev.tidemark.core.schema;

import dev.tidemark.core.memory.AnswerMemory;
import dev.tidemark.core.schema.assembly.ExecutableSchema;
import dev.tidemark.core.schema.documents.GraphqlRequest;
import dev.tidemark.core.schema.documents.Limits;
import dev.tidemark.core.schema.documents.PreparedOperation;
import dev.tidemark.core.schema.faults.CodedError;
import dev.tidemark.core.schema.faults.RequestFaults;
import dev.tidemark.core.schema.faults.Stage;
import dev.tidemark.core.schema.resolvers.BatchLoading;
import dev.tidemark.core.schema.resolvers.RequestScope;
import dev.tidemark.core.schema.resolvers.RequestThreads;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Feed;
import dev.tidemark.spi.ValueSize;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.execution.ResultNodesInfo;
import graphql.execution.SubscriptionExecutionStrategy;
import graphql.language.Document;
import graphql.language.OperationDefinition.Operation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** Runs one operation within its limits. */
final class RequestExecution {

    /** Before that, a request is not worth a watch. */
    private static final Duration SHORT = Duration.ofMillis(200);

    private final ExecutableSchema schema;
    private final Limits limits;
    private final PreparedOperation operation;
    private final RequestFaults faults;
    private final BatchLoading loading = new BatchLoading();
    private final RequestThreads threads = new RequestThreads(loading::dispatch);

    RequestExecution(ExecutableSchema schema, Limits limits, PreparedOperation operation, RequestFaults faults) {
        this.schema = schema;
        this.limits = limits;
        this.operation = operation;
        this.faults = faults;
    }

    ExecutionAnswer run(GraphqlRequest request, Caller caller, Presence presence) throws ExecutionException {
        var input = input(request, caller);
        loading.register(
                schema.batchLoaders(), input.getGraphQLContext(), threads, operation.kind() != Operation.SUBSCRIPTION);
        var isStreaming = false;
        try {
            var answer = answer(input, attended(input, presence));
            isStreaming = answer instanceof ExecutionAnswer.Stream;
            return answer;
        } catch (TimeoutException e) {
            input.cancel();
            return failed(new CodedError(
                    "The answer took longer than " + limits.timeout().toSeconds()
                            + " s, and was given up: ask for less at once.",
                    ErrorCode.QUERY_TIMEOUT));
        } catch (CancellationException e) {
            input.cancel();
            return failed(new CodedError("Whoever asked has gone.", ErrorCode.UNAVAILABLE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            input.cancel();
            return failed(new CodedError("The server is stopping: try again in a moment.", ErrorCode.UNAVAILABLE));
        } finally {
            if (!isStreaming) {
                threads.close();
            }
        }
    }

    private ExecutionInput input(GraphqlRequest request, Caller caller) {
        var builder = ExecutionInput.newExecutionInput()
                .query("")
                .variables(request.variables())
                .extensions(request.extensions())
                .locale(Locale.ENGLISH)
                .dataLoaderRegistry(loading.loaders())
                .graphQLContext(context -> context.put(Caller.class, caller)
                        .put(Document.class, operation.document())
                        .put(RequestScope.class, new RequestScope(threads, faults))
                        .put(SubscriptionExecutionStrategy.KEEP_SUBSCRIPTION_EVENTS_ORDERED, true)
                        .put(ResultNodesInfo.MAX_RESULT_NODES, mostNodes()));
        request.operationName().ifPresent(builder::operationName);
        request.lastEventId().ifPresent(id -> builder.graphQLContext(Map.of(Feed.LAST_EVENT_ID, id)));
        return builder.build();
    }

    /** Waits for the result as long as the limit allows and whoever asked is there. */
    private ExecutionResult attended(ExecutionInput input, Presence presence)
            throws ExecutionException, InterruptedException, TimeoutException {
        var result = started(input);
        var unwatched = Math.min(SHORT.toMillis(), limits.timeout().toMillis());
        try {
            return result.get(unwatched, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return watched(result, presence, limits.timeout().toMillis() - unwatched);
        }
    }

    private static ExecutionResult watched(CompletableFuture<ExecutionResult> result, Presence presence, long millis)
            throws ExecutionException, InterruptedException, TimeoutException {
        try (var _ = presence.watch(() -> result.cancel(false))) {
            return result.get(millis, TimeUnit.MILLISECONDS);
        }
    }

    /** A large project's schema is a large answer, whose bounds are the project's own and those of introspection. */
    private int mostNodes() {
        return operation.onlyOfSchema() ? Integer.MAX_VALUE : limits.resultNodes();
    }

    private CompletableFuture<ExecutionResult> started(ExecutionInput input) {
        var result = new AtomicReference<@Nullable CompletableFuture<ExecutionResult>>();
        threads.around(() -> result.set(schema.graphql().executeAsync(input)));
        return Objects.requireNonNull(result.get());
    }

    private ExecutionAnswer answer(ExecutionInput input, ExecutionResult result) {
        Object data = result.getData();
        if (data instanceof Publisher<?>) {
            Publisher<ExecutionResult> results = Objects.requireNonNull(result.getData());
            return new ExecutionAnswer.Stream(new ResultStream(results, faults, threads::close));
        }
        if (ResultBody.isCutOff(input.getGraphQLContext().get(ResultNodesInfo.RESULT_NODES_INFO))) {
            return failed(new CodedError(
                    "The answer has more than " + limits.resultNodes() + " values: ask for fewer items or fields.",
                    ErrorCode.QUERY_TOO_COMPLEX));
        }
        var body = ResultBody.of(result, faults);
        AnswerMemory.current().ifPresent(share -> share.takeUpTo(ValueSize.of(body)));
        body.put("extensions", extensions(result));
        return new ExecutionAnswer.Complete(Stage.EXECUTION, body);
    }

    private Map<Object, Object> extensions(ExecutionResult result) {
        Map<Object, Object> extensions = new LinkedHashMap<>();
        if (result.getExtensions() != null) {
            extensions.putAll(result.getExtensions());
        }
        extensions.put("cost", Map.of("requested", operation.cost(), "limit", limits.cost()));
        return extensions;
    }

    private static ExecutionAnswer failed(CodedError error) {
        return new ExecutionAnswer.Complete(Stage.EXECUTION, ResultBody.of(List.of(error)));
    }
}

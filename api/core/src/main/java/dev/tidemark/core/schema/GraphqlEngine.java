package dev.tidemark.core.schema;

import dev.tidemark.core.memory.AnswerMemory;
import dev.tidemark.core.schema.assembly.ExecutableSchema;
import dev.tidemark.core.schema.documents.Documents;
import dev.tidemark.core.schema.documents.GraphqlRequest;
import dev.tidemark.core.schema.documents.Limits;
import dev.tidemark.core.schema.documents.PersistedDocuments;
import dev.tidemark.core.schema.documents.PreparedOperation;
import dev.tidemark.core.schema.documents.PreparedOperation.Gate;
import dev.tidemark.core.schema.faults.FaultLog;
import dev.tidemark.core.schema.faults.RequestFaults;
import dev.tidemark.core.schema.faults.RequestRefused;
import dev.tidemark.core.schema.faults.Stage;
import dev.tidemark.spi.Caller;
import graphql.language.OperationDefinition.Operation;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Answers GraphQL requests, however they come. It always answers: nothing that a request causes is thrown. */
public final class GraphqlEngine {

    private final Function<Caller, ExecutableSchema> schemas;
    private final Limits limits;
    private final FaultLog log;
    private final Documents documents;
    private final PersistedDocuments persisted = new PersistedDocuments();
    private final AnswerMemory memory = AnswerMemory.ofHeap();

    /** @param schemas the schema that a caller sees */
    public GraphqlEngine(Function<Caller, ExecutableSchema> schemas, Limits limits, FaultLog log) {
        this.schemas = schemas;
        this.limits = limits;
        this.log = log;
        this.documents = new Documents(limits);
    }

    /** Of an answer that is made and sent within {@link AnswerMemory.Share#run}. */
    public AnswerMemory.Share share(Caller caller) {
        return memory.share(caller);
    }

    /** Answers a request that asks once: a query or a mutation. */
    public ExecutionAnswer execute(GraphqlRequest request, Caller caller) {
        return execute(request, caller, EnumSet.of(Operation.QUERY, Operation.MUTATION), Presence.ASSUMED);
    }

    /**
     * Answers a request. Blocks until the answer is complete, which it is within the time limit; the results of a
     * subscription follow as they happen.
     *
     * @param allowed the kinds of operation that may come this way
     * @param presence ends a query whose caller has gone; a mutation is done nevertheless
     */
    public ExecutionAnswer execute(GraphqlRequest request, Caller caller, Set<Operation> allowed, Presence presence) {
        var faults = new RequestFaults(log);
        try {
            return answer(request, caller, new Gate(caller, allowed), presence, faults);
        } catch (RequestRefused refused) {
            return new ExecutionAnswer.Complete(refused.stage(), ResultBody.of(refused.errors()));
        } catch (Throwable thrown) {
            return new ExecutionAnswer.Complete(Stage.EXECUTION, ResultBody.of(List.of(faults.of(thrown))));
        }
    }

    private ExecutionAnswer answer(
            GraphqlRequest request, Caller caller, Gate gate, Presence presence, RequestFaults faults)
            throws Exception {
        var schema = schemas.apply(caller);
        var document = documents.parsed(schema, persisted.text(request), caller);
        persisted.remember(request);
        var operation = PreparedOperation.of(schema, document, request, limits, gate);
        return new RequestExecution(schema, limits, operation, faults)
                .run(request, caller, operation.kind() == Operation.QUERY ? presence : Presence.ASSUMED);
    }
}

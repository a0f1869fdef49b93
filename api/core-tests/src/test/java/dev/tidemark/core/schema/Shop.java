package dev.tidemark.core.schema;

import dev.tidemark.core.schema.assembly.ExecutableSchema;
import dev.tidemark.core.schema.assembly.SchemaAssembly;
import dev.tidemark.core.schema.assembly.SchemaPart;
import dev.tidemark.core.schema.documents.GraphqlRequest;
import dev.tidemark.core.schema.documents.Limits;
import dev.tidemark.core.schema.faults.FaultLog;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A small schema, callers and an engine for tests. */
final class Shop {

    static final Caller READER = caller(Scope.READ);
    static final Caller WRITER = caller(Scope.WRITE);
    static final Caller MASTER = caller(Scope.MASTER);

    private Shop() {}

    static Caller caller(Scope scope) {
        return new Caller("k1", Set.of(scope), Optional.of(new Project(1, "shop")));
    }

    static SchemaPart part(String module, String sdl, Contribution.Builder contribution) {
        return new SchemaPart(module, sdl, contribution.build());
    }

    static ExecutableSchema schema(String sdl, Contribution.Builder contribution) {
        return SchemaAssembly.assemble(List.of(part("shop", sdl, contribution)), List.of())
                .schema();
    }

    static GraphqlEngine engine(String sdl, Contribution.Builder contribution) {
        return engine(sdl, contribution, Limits.standard());
    }

    static GraphqlEngine engine(String sdl, Contribution.Builder contribution, Limits limits) {
        var schema = schema(sdl, contribution);
        var ids = new AtomicInteger();
        return new GraphqlEngine(caller -> schema, limits, new FaultLog(() -> "fault-" + ids.incrementAndGet()));
    }

    static ExecutionAnswer.Complete ask(GraphqlEngine engine, String query) {
        return ask(engine, GraphqlRequest.of(query), MASTER);
    }

    static ExecutionAnswer.Complete ask(GraphqlEngine engine, GraphqlRequest request, Caller caller) {
        return (ExecutionAnswer.Complete) engine.execute(request, caller);
    }

    static Object data(ExecutionAnswer.Complete answer) {
        return answer.body().get("data");
    }

    @SuppressWarnings("unchecked") // the form of an answer is given
    static List<Map<String, Object>> errors(ExecutionAnswer.Complete answer) {
        return (List<Map<String, Object>>) answer.body().getOrDefault("errors", List.of());
    }

    static List<Object> codes(ExecutionAnswer.Complete answer) {
        return errors(answer).stream()
                .map(error -> ((Map<?, ?>) error.get("extensions")).get("code"))
                .<Object>map(code -> code)
                .toList();
    }
}

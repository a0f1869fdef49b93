package dev.tidemark.core.schema.assembly;

import dev.tidemark.core.schema.assembly.MergedTypes.OwnedField;
import dev.tidemark.core.schema.resolvers.GuardedResolver;
import dev.tidemark.core.schema.resolvers.MutationResolver;
import dev.tidemark.core.schema.resolvers.StorableInput;
import dev.tidemark.core.schema.resolvers.SubscriptionResolver;
import dev.tidemark.core.schema.resolvers.ThreadedResolver;
import dev.tidemark.core.schema.scalars.Scalars;
import graphql.TrivialDataFetcher;
import graphql.schema.DataFetcher;
import graphql.schema.PropertyDataFetcher;
import graphql.schema.TypeResolver;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeRuntimeWiring;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts the contributed resolvers at their fields, each behind what the engine does for it. */
final class Wiring {

    /** Keeps an event that cannot be stored as a dead letter, and stores the others. */
    private static final String JUDGES_ONE_BY_ONE = "Mutation.collect";

    private final Map<String, DataFetcher<?>> resolvers = new HashMap<>();
    private final Set<String> payloads;
    private final RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring();

    private Wiring(MergedTypes types, Collection<ParsedPart> parts) {
        parts.forEach(part -> resolvers.putAll(part.contribution().resolvers()));
        this.payloads = types.fieldsOf(RootType.MUTATION).stream()
                .map(MutationCheck::payloadType)
                .collect(Collectors.toSet());
    }

    static RuntimeWiring of(MergedTypes types, Collection<ParsedPart> parts) {
        var wiring = new Wiring(types, parts);
        Scalars.ALL.forEach(wiring.wiring::scalar);
        types.fields().values().forEach(wiring::wire);
        parts.forEach(part -> part.contribution().typeResolvers().forEach(wiring::typeResolver));
        return wiring.wiring.build();
    }

    private void wire(OwnedField field) {
        var fetcher = fetcher(field);
        if (fetcher != null) {
            wiring.type(TypeRuntimeWiring.newTypeWiring(field.type())
                    .dataFetcher(field.definition().getName(), fetcher));
        }
    }

    private void typeResolver(String type, TypeResolver resolver) {
        wiring.type(TypeRuntimeWiring.newTypeWiring(type).typeResolver(resolver));
    }

    /** Nothing for a stored property that everybody may read: graphql-java reads those quickest by itself. */
    private @Nullable DataFetcher<?> fetcher(OwnedField field) {
        var resolver = resolvers.get(field.name());
        var scope = AccessRule.of(field);
        var isPayload = payloads.contains(field.type());
        if (resolver == null && scope.isEmpty() && !isPayload) {
            return null;
        }
        var fetcher = fetcher(field, resolver, isPayload);
        return scope.isPresent() ? new GuardedResolver(scope.get(), fetcher) : fetcher;
    }

    private static DataFetcher<?> fetcher(OwnedField field, @Nullable DataFetcher<?> resolver, boolean isPayload) {
        var name = field.definition().getName();
        DataFetcher<?> fetcher =
                resolver == null ? PropertyDataFetcher.fetching(name) : fetcher(field.type(), checked(field, resolver));
        return isPayload ? new PayloadField(fetcher, name) : fetcher;
    }

    private static DataFetcher<?> checked(OwnedField field, DataFetcher<?> resolver) {
        return field.type().equals(RootType.MUTATION) && !field.name().equals(JUDGES_ONE_BY_ONE)
                ? new StorableInput(resolver)
                : resolver;
    }

    /** @param type whose field is resolved */
    static DataFetcher<?> fetcher(String type, DataFetcher<?> resolver) {
        return switch (type) {
            case RootType.MUTATION -> new MutationResolver(new ThreadedResolver(resolver));
            case RootType.SUBSCRIPTION -> new ThreadedResolver(new SubscriptionResolver(resolver));
            default -> resolver instanceof TrivialDataFetcher<?> ? resolver : new ThreadedResolver(resolver);
        };
    }
}

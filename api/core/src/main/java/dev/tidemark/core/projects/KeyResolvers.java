package dev.tidemark.core.projects;

import dev.tidemark.core.projects.keys.ApiKey;
import dev.tidemark.core.projects.keys.ApiKeys;
import dev.tidemark.core.projects.keys.KeyRequest;
import dev.tidemark.core.schema.Input;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.GlobalId;
import dev.tidemark.spi.KeyLimits;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Scope;
import graphql.schema.DataFetchingEnvironment;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** GraphQL's side of keys. */
final class KeyResolvers {

    private final ApiKeys keys;

    KeyResolvers(ApiKeys keys) {
        this.keys = keys;
    }

    List<ApiKey> apiKeys(DataFetchingEnvironment environment) {
        return keys.all(Caller.of(environment));
    }

    Optional<ApiKey> key(Caller caller, String local) {
        return GlobalId.number(local).flatMap(id -> keys.find(caller, id));
    }

    Created createApiKey(DataFetchingEnvironment environment) {
        var input = Input.of(environment);
        var request = new KeyRequest(
                input.text("name"),
                scopes(input),
                input.value("expiresAt").map(Instant.class::cast),
                new KeyLimits(limit(input, "eventsPerSecond"), limit(input, "eventsPerDay")));
        var created = keys.create(Caller.of(environment), request);
        return new Created(created.key(), created.secret());
    }

    Revoked revokeApiKey(DataFetchingEnvironment environment) {
        var id = Input.of(environment).text("id");
        keys.revoke(Caller.of(environment), localId(id));
        return new Revoked(id);
    }

    String id(DataFetchingEnvironment environment) {
        ApiKey key = Objects.requireNonNull(environment.getSource());
        return new GlobalId(ApiKey.TYPE, key.project().map(Project::id).orElse(0), key.id()).text();
    }

    @Nullable
    Long eventsPerSecond(DataFetchingEnvironment environment) {
        return shown(environment, KeyLimits::eventsPerSecond);
    }

    @Nullable
    Long eventsPerDay(DataFetchingEnvironment environment) {
        return shown(environment, KeyLimits::eventsPerDay);
    }

    private static @Nullable Long shown(DataFetchingEnvironment environment, Function<KeyLimits, OptionalLong> limit) {
        ApiKey key = Objects.requireNonNull(environment.getSource());
        var given = limit.apply(key.limits());
        return given.isPresent() ? given.getAsLong() : null;
    }

    private static OptionalLong limit(Input input, String name) {
        return input.value(name).stream().mapToLong(given -> (Long) given).findFirst();
    }

    record Created(ApiKey apiKey, String secret) {}

    record Revoked(String revokedId) {}

    private static Set<Scope> scopes(Input input) {
        return input.list("scopes").stream()
                .map(scope -> Scope.valueOf(scope.toString()))
                .collect(Collectors.toSet());
    }

    private static long localId(String id) {
        return GlobalId.parse(id)
                .filter(global -> global.type().equals(ApiKey.TYPE))
                .flatMap(global -> GlobalId.number(global.local()))
                .orElseThrow(() -> new CallerException(
                        ErrorCode.BAD_USER_INPUT, "This is no id of a key: apiKeys lists them.", "id"));
    }
}

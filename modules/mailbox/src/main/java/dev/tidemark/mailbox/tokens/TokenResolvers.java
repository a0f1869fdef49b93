package dev.tidemark.mailbox.tokens;

import dev.tidemark.mailbox.people.Bounds;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import graphql.schema.DataFetchingEnvironment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** GraphQL's side of customers' tokens. */
public final class TokenResolvers {

    private static final Duration LONGEST = Duration.ofDays(30);

    private final Tokens tokens;
    private final Secrets secrets;
    private final Clock clock;

    public TokenResolvers(Tokens tokens, Secrets secrets, Clock clock) {
        this.tokens = tokens;
        this.secrets = secrets;
        this.clock = clock;
    }

    public Created create(DataFetchingEnvironment environment) {
        var input = Arguments.of(environment).object("input").orElseThrow();
        var customer = Bounds.customer(input.required("customer"));
        var expiresAt = clock.instant().plus(duration(input, "expiresIn", 1)).truncatedTo(ChronoUnit.SECONDS);
        return new Created(tokens.token(Caller.of(environment).project(), customer, expiresAt), expiresAt);
    }

    public Rotated rotate(DataFetchingEnvironment environment) {
        var input = Arguments.of(environment).object("input").orElseThrow();
        var grace = duration(input, "grace", 0);
        return new Rotated(secrets.rotate(Caller.of(environment), grace));
    }

    private static Duration duration(Arguments input, String name, int fewestSeconds) {
        var duration = (Duration) input.value(name).orElseThrow();
        if (duration.toSeconds() < fewestSeconds || duration.compareTo(LONGEST) > 0) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT, name + " is from PT" + fewestSeconds + "S to P30D.", name);
        }
        return duration;
    }

    public record Created(String token, Instant expiresAt) {}

    public record Rotated(Instant oldTokensEndAt) {}
}

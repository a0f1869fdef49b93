package dev.tidemark.mailbox.presence;

import dev.tidemark.mailbox.people.Bounds;
import dev.tidemark.mailbox.people.Correspondent;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.Callers;
import graphql.schema.DataFetchingEnvironment;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** GraphQL's side of typing. */
public final class TypingResolvers {

    private final Presences presences;
    private final Callers callers;
    private final Clock clock;

    public TypingResolvers(Presences presences, Callers callers, Clock clock) {
        this.presences = presences;
        this.callers = callers;
        this.clock = clock;
    }

    public Typing set(DataFetchingEnvironment environment) {
        var caller = Caller.of(environment);
        var input = Arguments.of(environment).object("input").orElseThrow();
        var writer = Correspondent.of(caller, input.text("customer"));
        var thread =
                Optional.of(Bounds.name(input.required("thread"), "thread")).filter(name -> input.flag("isTyping"));
        callers.count(caller);
        presences.type(writer, thread);
        return new Typing(thread.map(name -> clock.instant().plus(PresenceStore.TYPING)));
    }

    public record Typing(Optional<Instant> endsAt) {}
}

package dev.tidemark.mailbox.messages;

import dev.tidemark.mailbox.people.Bounds;
import dev.tidemark.mailbox.people.Correspondent;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.GlobalId;
import dev.tidemark.spi.Origin;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.time.Clock;
import java.util.Optional;

/** GraphQL's side of writing and marking messages. */
public final class LetterResolvers {

    private static final String SOURCE = "mailbox";

    private final Letters letters;
    private final Marks marks;
    private final Clock clock;

    public LetterResolvers(Letters letters, Marks marks, Clock clock) {
        this.letters = letters;
        this.marks = marks;
        this.clock = clock;
    }

    public Sent send(DataFetchingEnvironment environment) {
        var caller = Caller.of(environment);
        var input = Arguments.of(environment).object("input").orElseThrow();
        var origin = new Origin(SOURCE, clock.instant(), Optional.empty(), Optional.empty(), Optional.of(caller));
        return new Sent(letters.send(letter(caller, input), origin));
    }

    /** What is marked counts against no limit of a key: each message is marked once. */
    public DataFetcher<Marked> mark(ChangeKind kind) {
        return environment -> {
            var caller = Caller.of(environment);
            var input = Arguments.of(environment).object("input").orElseThrow();
            var reader = Correspondent.of(caller, input.text("customer"));
            var last = marks.find(reader, last(caller, input)).orElseThrow(LetterResolvers::missing);
            var thread = input.text("thread").map(name -> Bounds.name(name, "thread"));
            var origin = Origin.of(SOURCE, clock.instant());
            return new Marked(marks.mark(reader, thread, last.sent(), kind, origin));
        };
    }

    private static Letter letter(Caller caller, Arguments input) {
        return new Letter(
                Correspondent.of(caller, input.text("customer")),
                Bounds.name(input.required("thread"), "thread"),
                Bounds.text(input.required("text"), "text"),
                input.text("key").map(key -> Bounds.name(key, "key")),
                Optional.empty());
    }

    private static long last(Caller caller, Arguments input) {
        return GlobalId.parse(input.required("upTo"))
                .filter(id -> id.isOf(MailboxMessage.TYPE, caller.project()))
                .flatMap(id -> GlobalId.number(id.local()))
                .orElseThrow(LetterResolvers::missing);
    }

    private static CallerException missing() {
        return new CallerException(ErrorCode.NOT_FOUND, "There is no message of that id in this mailbox.", "upTo");
    }

    public record Sent(MailboxMessage message) {}

    public record Marked(int marked) {}
}

package dev.tidemark.mailbox.sendings;

import dev.tidemark.mailbox.messages.SendingId;
import dev.tidemark.mailbox.people.Bounds;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.AuditLog;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Connection;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.GlobalId;
import dev.tidemark.spi.Page;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.Scope;
import graphql.schema.DataFetchingEnvironment;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** GraphQL's side of sending to many. */
public final class SendingResolvers {

    private static final String DID = "did";

    private final Databases databases;
    private final Questions questions;
    private final SendingStore store;
    private final Sendings sendings;
    private final AuditLog audit;
    private final Clock clock;

    public SendingResolvers(
            Databases databases,
            Questions questions,
            SendingStore store,
            Sendings sendings,
            AuditLog audit,
            Clock clock) {
        this.databases = databases;
        this.questions = questions;
        this.store = store;
        this.sendings = sendings;
        this.audit = audit;
        this.clock = clock;
    }

    public Payload begin(DataFetchingEnvironment environment) {
        var input = Arguments.of(environment).object("input").orElseThrow();
        return new Payload(sendings.begin(Caller.of(environment), wish(input)));
    }

    public Payload stop(DataFetchingEnvironment environment) {
        var caller = Caller.of(environment);
        var project = caller.project();
        var id = Arguments.of(environment).object("input").orElseThrow().required("id");
        var sending = SendingId.of(project, id).orElseThrow(SendingResolvers::missing);
        var stopped = databases.of(project).transaction(connection -> {
            store.end(connection, project, sending, Sending.State.STOPPED, Optional.empty(), clock.instant());
            audit.note(connection, caller, "stopSending", id);
            return store.find(connection, sending);
        });
        return new Payload(stopped.orElseThrow(SendingResolvers::missing));
    }

    public Connection<Sending> sendings(DataFetchingEnvironment environment) {
        var project = Caller.of(environment).project();
        var page = Page.of(environment);
        long before = page.after()
                .map(cursor -> SendingId.of(project, cursor).orElseThrow(SendingResolvers::noCursor))
                .map(SendingId::number)
                .orElse(Long.MAX_VALUE);
        var found = databases.of(project).transaction(connection -> store.page(connection, before, page.first() + 1));
        return Connection.of(
                found,
                page.first(),
                i -> found.get(i).id().text(project),
                page.after().isPresent());
    }

    public Optional<Sending> sending(Caller caller, String local) {
        caller.require(Scope.MASTER);
        return GlobalId.number(local)
                .map(SendingId::new)
                .flatMap(id -> databases.of(caller.project()).transaction(connection -> store.find(connection, id)));
    }

    public String id(DataFetchingEnvironment environment) {
        return source(environment).id().text(Caller.of(environment).project());
    }

    @Nullable
    public Map<String, @Nullable Object> where(DataFetchingEnvironment environment) {
        return source(environment)
                .choice()
                .condition()
                .map(questions::arguments)
                .map(Arguments::values)
                .orElse(null);
    }

    @Nullable
    public Object did(DataFetchingEnvironment environment) {
        return source(environment)
                .choice()
                .behaviours()
                .map(questions::arguments)
                .flatMap(kept -> kept.value(DID))
                .orElse(null);
    }

    private SendingWish wish(Arguments input) {
        return new SendingWish(
                Bounds.text(input.required("template"), "template"),
                Bounds.name(input.required("thread"), "thread"),
                new Choice(
                        input.object("where").map(questions::text),
                        input.value(DID).map(did -> questions.text(new Arguments(Map.of(DID, did))))),
                input.text("key").map(key -> Bounds.name(key, "key")),
                input.flag("dryRun"));
    }

    private static Sending source(DataFetchingEnvironment environment) {
        return Objects.requireNonNull(environment.getSource());
    }

    private static CallerException missing() {
        return new CallerException(ErrorCode.NOT_FOUND, "There is no sending of that id.", "id");
    }

    private static CallerException noCursor() {
        return new CallerException(
                ErrorCode.BAD_USER_INPUT,
                "This is no cursor of sendings: take one of a page, or begin without after.",
                "after");
    }

    public record Payload(Sending sending) {}
}

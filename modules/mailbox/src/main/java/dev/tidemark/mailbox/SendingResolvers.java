package dev.tidemark.mailbox;

import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.AuditLog;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Connection;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.GlobalId;
import dev.tidemark.spi.Page;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.Scope;
import graphql.schema.DataFetchingEnvironment;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** GraphQL's side of sending to many. */
final class SendingResolvers {

    private static final String DID = "did";

    private final Databases databases;
    private final Questions questions;
    private final SendingStore store;
    private final Sendings sendings;
    private final AuditLog audit;
    private final Clock clock;

    SendingResolvers(
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

    Payload begin(DataFetchingEnvironment environment) {
        var input = Arguments.of(environment).object("input").orElseThrow();
        try {
            return new Payload(sendings.begin(Caller.of(environment), wish(input)));
        } catch (CallerException e) {
            throw e.within("input");
        }
    }

    Payload stop(DataFetchingEnvironment environment) {
        var caller = Caller.of(environment);
        var project = caller.project();
        var id = Arguments.of(environment).object("input").orElseThrow().required("id");
        var number = number(project, id).orElseThrow(SendingResolvers::missing);
        var stopped = databases.of(project).transaction(connection -> {
            store.end(connection, project, number, Sending.State.STOPPED, Optional.empty(), clock.instant());
            audit.note(connection, caller, "stopSending", id);
            return store.find(connection, number);
        });
        return new Payload(stopped.orElseThrow(SendingResolvers::missing));
    }

    Connection<Sending> sendings(DataFetchingEnvironment environment) {
        var project = Caller.of(environment).project();
        var page = Page.of(environment);
        long before = page.after()
                .map(cursor -> number(project, cursor).orElseThrow(SendingResolvers::noCursor))
                .orElse(Long.MAX_VALUE);
        var found = databases.of(project).transaction(connection -> store.page(connection, before, page.first() + 1));
        return Connection.of(
                found,
                page.first(),
                i -> Sending.id(project, found.get(i).number()),
                page.after().isPresent());
    }

    Optional<Sending> sending(Caller caller, String local) {
        caller.require(Scope.MASTER);
        return GlobalId.number(local)
                .flatMap(number ->
                        databases.of(caller.project()).transaction(connection -> store.find(connection, number)));
    }

    String id(DataFetchingEnvironment environment) {
        return Sending.id(Caller.of(environment).project(), source(environment).number());
    }

    @Nullable
    Map<String, @Nullable Object> where(DataFetchingEnvironment environment) {
        return source(environment)
                .choice()
                .condition()
                .map(questions::condition)
                .map(Arguments::values)
                .orElse(null);
    }

    @Nullable
    Object did(DataFetchingEnvironment environment) {
        return source(environment)
                .choice()
                .behaviours()
                .map(questions::condition)
                .flatMap(kept -> kept.value(DID))
                .orElse(null);
    }

    private SendingWish wish(Arguments input) {
        return new SendingWish(
                Texts.text(input.required("template"), "template"),
                Texts.name(input.required("thread"), "thread"),
                new Choice(
                        input.object("where").map(questions::text),
                        input.value(DID).map(did -> questions.text(new Arguments(Map.of(DID, did))))),
                input.text("key").map(key -> Texts.name(key, "key")),
                input.flag("dryRun"));
    }

    private static Optional<Long> number(Project project, String id) {
        return GlobalId.parse(id)
                .filter(global -> global.isOf(Sending.TYPE, project))
                .flatMap(global -> GlobalId.number(global.local()));
    }

    private static Sending source(DataFetchingEnvironment environment) {
        return Objects.requireNonNull(environment.getSource());
    }

    private static CallerException missing() {
        return new CallerException(ErrorCode.NOT_FOUND, "There is no sending of that id.", "input", "id");
    }

    private static CallerException noCursor() {
        return new CallerException(
                ErrorCode.BAD_USER_INPUT,
                "This is no cursor of sendings: take one of a page, or begin without after.",
                "after");
    }

    record Payload(Sending sending) {}
}

package dev.tidemark.mailbox;

import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.Connection;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.Feed;
import dev.tidemark.spi.GlobalId;
import dev.tidemark.spi.Page;
import dev.tidemark.spi.Scope;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.dataloader.MappedBatchLoaderWithContext;

/** GraphQL's side of reading mailboxes. */
final class MailboxResolvers {

    static final String UNREAD = "unread";

    private final Databases databases;
    private final Persons persons;
    private final MailboxStore mailboxes;
    private final MessageStore messages;
    private final Doorbells doorbells;
    private final Presences presences;

    MailboxResolvers(
            Databases databases,
            Persons persons,
            MailboxStore mailboxes,
            MessageStore messages,
            Doorbells doorbells,
            Presences presences) {
        this.databases = databases;
        this.persons = persons;
        this.mailboxes = mailboxes;
        this.messages = messages;
        this.doorbells = doorbells;
        this.presences = presences;
    }

    Mailbox mailbox(DataFetchingEnvironment environment) {
        return mailbox(reader(environment));
    }

    Connection<Mailbox> mailboxes(DataFetchingEnvironment environment) {
        var project = Caller.of(environment).project();
        var page = Page.of(environment);
        var after = page.after().map(cursor -> MailboxPlace.of(project, cursor));
        var found = databases
                .of(project)
                .transaction(connection -> mailboxes.page(connection, project, after, page.first() + 1));
        return Connection.of(
                found, page.first(), i -> MailboxPlace.of(found.get(i)).text(project), after.isPresent());
    }

    Connection<MailboxMessage> messages(DataFetchingEnvironment environment) {
        Mailbox mailbox = Objects.requireNonNull(environment.getSource());
        var thread = Arguments.of(environment).text("thread");
        return messages(mailbox.reader(), thread, Page.of(environment));
    }

    Connection<MailboxMessage> ofThread(DataFetchingEnvironment environment) {
        MailboxThread thread = Objects.requireNonNull(environment.getSource());
        return messages(thread.reader(), Optional.of(thread.name()), Page.of(environment));
    }

    Connection<MailboxThread> threads(DataFetchingEnvironment environment) {
        Mailbox mailbox = Objects.requireNonNull(environment.getSource());
        var reader = mailbox.reader();
        var page = Page.of(environment);
        var before = number(reader, page);
        var found = databases
                .of(reader.project())
                .transaction(connection -> mailboxes.threads(
                        connection, reader, persons.ids(connection, reader), before, page.first() + 1));
        return Connection.of(
                found,
                page.first(),
                i -> Cursor.text(reader, found.get(i).last().sent()),
                before.isPresent());
    }

    CompletableFuture<Long> unread(DataFetchingEnvironment environment) {
        Mailbox mailbox = Objects.requireNonNull(environment.getSource());
        return Objects.requireNonNull(environment.<Correspondent, Long>getDataLoader(UNREAD))
                .load(mailbox.reader());
    }

    /** All readers of a request are on one side. */
    MappedBatchLoaderWithContext<Correspondent, Long> loader() {
        return (readers, environment) -> {
            var first = readers.iterator().next();
            var customers = readers.stream().map(Correspondent::customer).toList();
            var found = databases
                    .of(first.project())
                    .transaction(connection -> mailboxes.unread(
                            connection, persons.ids(connection, first.project(), customers), first.side()));
            return CompletableFuture.completedFuture(readers.stream()
                    .collect(Collectors.toMap(reader -> reader, reader -> found.getOrDefault(reader.customer(), 0L))));
        };
    }

    Feed<MailboxFeed.Told> follow(DataFetchingEnvironment environment) {
        var reader = reader(environment);
        long after = Feed.after(environment)
                .map(cursor -> Cursor.number(reader, cursor))
                .orElseGet(() -> mailbox(reader).number());
        var watches = Arguments.of(environment).flag("presence");
        return new MailboxFeed(
                reader, after, watches, databases.of(reader.project()), persons, messages, doorbells, presences);
    }

    String id(DataFetchingEnvironment environment) {
        MailboxMessage message = Objects.requireNonNull(environment.getSource());
        return MailboxMessage.id(Caller.of(environment).project(), message.number());
    }

    /** A message by its id; with a token, one of its own mailbox. */
    Optional<MailboxMessage> message(Caller caller, String local) {
        caller.require(Scope.CUSTOMER);
        return GlobalId.number(local)
                .flatMap(number ->
                        databases.of(caller.project()).transaction(connection -> messages.find(connection, number)))
                .filter(message -> message.customer().equals(caller.customer().orElse(message.customer())));
    }

    private Mailbox mailbox(Correspondent reader) {
        return databases
                .of(reader.project())
                .transaction(connection -> mailboxes.find(
                        connection, reader, persons.ids(connection, reader).getFirst()))
                .orElseGet(() -> Mailbox.empty(reader));
    }

    private Connection<MailboxMessage> messages(Correspondent reader, Optional<String> thread, Page page) {
        var before = number(reader, page);
        List<MailboxMessage> found = databases
                .of(reader.project())
                .transaction(connection ->
                        messages.page(connection, persons.ids(connection, reader), thread, before, page.first() + 1));
        return Connection.of(
                found, page.first(), i -> Cursor.text(reader, found.get(i).sent()), before.isPresent());
    }

    private static OptionalLong number(Correspondent reader, Page page) {
        return page.after()
                .map(cursor -> OptionalLong.of(Cursor.number(reader, cursor)))
                .orElse(OptionalLong.empty());
    }

    private static Correspondent reader(DataFetchingEnvironment environment) {
        return Correspondent.of(
                Caller.of(environment), Arguments.of(environment).text("customer"));
    }
}

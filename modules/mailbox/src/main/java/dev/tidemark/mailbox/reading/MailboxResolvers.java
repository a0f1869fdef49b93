package dev.tidemark.mailbox.reading;

import dev.tidemark.mailbox.messages.MailboxMessage;
import dev.tidemark.mailbox.messages.MessageStore;
import dev.tidemark.mailbox.people.Correspondent;
import dev.tidemark.mailbox.people.Persons;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.Connection;
import dev.tidemark.spi.Databases;
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
public final class MailboxResolvers {

    public static final String UNREAD = "unread";

    private final Databases databases;
    private final Persons persons;
    private final Mailboxes mailboxes;
    private final MailboxStore store;
    private final MessageStore messages;

    public MailboxResolvers(
            Databases databases, Persons persons, Mailboxes mailboxes, MailboxStore store, MessageStore messages) {
        this.databases = databases;
        this.persons = persons;
        this.mailboxes = mailboxes;
        this.store = store;
        this.messages = messages;
    }

    public Mailbox mailbox(DataFetchingEnvironment environment) {
        return mailboxes.of(Correspondent.of(
                Caller.of(environment), Arguments.of(environment).text("customer")));
    }

    public Connection<Mailbox> mailboxes(DataFetchingEnvironment environment) {
        var project = Caller.of(environment).project();
        var page = Page.of(environment);
        var after = page.after().map(cursor -> MailboxPlace.of(project, cursor));
        var found = databases
                .of(project)
                .transaction(connection -> store.page(connection, project, after, page.first() + 1));
        return Connection.of(
                found, page.first(), i -> MailboxPlace.of(found.get(i)).text(project), after.isPresent());
    }

    public Connection<MailboxMessage> messages(DataFetchingEnvironment environment) {
        Mailbox mailbox = Objects.requireNonNull(environment.getSource());
        var thread = Arguments.of(environment).text("thread");
        return messages(mailbox.reader(), thread, Page.of(environment));
    }

    public Connection<MailboxMessage> ofThread(DataFetchingEnvironment environment) {
        MailboxThread thread = Objects.requireNonNull(environment.getSource());
        return messages(thread.reader(), Optional.of(thread.name()), Page.of(environment));
    }

    public Connection<MailboxThread> threads(DataFetchingEnvironment environment) {
        Mailbox mailbox = Objects.requireNonNull(environment.getSource());
        var reader = mailbox.reader();
        var page = Page.of(environment);
        var before = number(reader, page);
        var found = databases
                .of(reader.project())
                .transaction(connection ->
                        store.threads(connection, reader, persons.ids(connection, reader), before, page.first() + 1));
        return Connection.of(
                found,
                page.first(),
                i -> Cursor.text(reader, found.get(i).last().sent()),
                before.isPresent());
    }

    public CompletableFuture<Long> unread(DataFetchingEnvironment environment) {
        Mailbox mailbox = Objects.requireNonNull(environment.getSource());
        return Objects.requireNonNull(environment.<Correspondent, Long>getDataLoader(UNREAD))
                .load(mailbox.reader());
    }

    /** All readers of a request are on one side. */
    public MappedBatchLoaderWithContext<Correspondent, Long> loader() {
        return (readers, environment) -> {
            var first = readers.iterator().next();
            var customers = readers.stream().map(Correspondent::customer).toList();
            var found = databases
                    .of(first.project())
                    .transaction(
                            connection -> store.unread(connection, persons.ids(connection, customers), first.side()));
            return CompletableFuture.completedFuture(readers.stream()
                    .collect(Collectors.toMap(reader -> reader, reader -> found.getOrDefault(reader.customer(), 0L))));
        };
    }

    public String id(DataFetchingEnvironment environment) {
        MailboxMessage message = Objects.requireNonNull(environment.getSource());
        return MailboxMessage.id(Caller.of(environment).project(), message.number());
    }

    /** A message by its id; with a token, one of its own mailbox. */
    public Optional<MailboxMessage> message(Caller caller, String local) {
        caller.require(Scope.CUSTOMER);
        return GlobalId.number(local)
                .flatMap(number ->
                        databases.of(caller.project()).transaction(connection -> messages.find(connection, number)))
                .filter(message -> message.customer().equals(caller.customer().orElse(message.customer())));
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
}

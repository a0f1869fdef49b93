package dev.tidemark.mailbox;

import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.KeyLimits;
import dev.tidemark.spi.ModuleContext;
import java.util.OptionalLong;

/** Carries messages between a project and its customers. */
public final class MailboxModule implements AnalyticsModule {

    @Override
    public String name() {
        return "mailbox";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        var databases = context.databases();
        var clock = context.clock();
        long perSecond = context.setting(
                "messages-per-second",
                5,
                "How often a message may be sent, or setTyping called, with one customer's token, on each node.");
        var secrets = new Secrets(databases, new SecretStore(), context.audit(), clock);
        var limits = new KeyLimits(OptionalLong.of(perSecond), OptionalLong.empty());
        var tokens = new Tokens(context.projects(), secrets, limits, clock);
        var messages = new MessageStore();
        var owners = new MailboxStore();
        var persons = new Persons(context.questions());
        var present = new PresenceStore();
        var presences = new Presences(databases, present, persons, clock);
        var doorbells = new Doorbells(context.events(), databases, persons);
        var reading = new MailboxResolvers(databases, persons, owners, messages, doorbells, presences);
        var typing = new TypingResolvers(presences, context.callers(), clock);
        var texts = new TextStore();
        var mailboxes = new Mailboxes(databases, context.events(), persons, owners, messages, texts);
        var writing = new LetterResolvers(mailboxes, clock);
        var store = new SendingStore();
        var sendings = new Sendings(
                databases, store, texts, mailboxes, new Audience(context.questions(), clock), context.audit(), clock);
        var many = new SendingResolvers(databases, context.questions(), store, sendings, context.audit(), clock);
        var settings = new TextResolvers(databases, texts, context.audit());
        var access = new TokenResolvers(tokens, secrets, clock);
        return Contribution.builder()
                .resolver("Query", "mailbox", reading::mailbox)
                .resolver("Query", "mailboxes", reading::mailboxes)
                .resolver("Mailbox", "messages", reading::messages)
                .resolver("Mailbox", "threads", reading::threads)
                .resolver("Mailbox", "unread", reading::unread)
                .resolver("MailboxThread", "messages", reading::ofThread)
                .resolver("MailboxMessage", "id", reading::id)
                .resolver("Subscription", "mailbox", reading::follow)
                .resolver("Mutation", "sendMessage", writing::send)
                .resolver("Mutation", "markDelivered", writing.mark(ChangeKind.DELIVERED))
                .resolver("Mutation", "markRead", writing.mark(ChangeKind.READ))
                .resolver("Mutation", "setTyping", typing::set)
                .resolver("Mutation", "createCustomerToken", access::create)
                .resolver("Mutation", "rotateCustomerTokens", access::rotate)
                .resolver("Query", "sendings", many::sendings)
                .resolver("Sending", "id", many::id)
                .resolver("Sending", "where", many::where)
                .resolver("Sending", "did", many::did)
                .resolver("Mutation", "sendToCustomers", many::begin)
                .resolver("Mutation", "stopSending", many::stop)
                .resolver("Query", "mailboxSettings", settings::settings)
                .resolver("Mutation", "setMailboxSettings", settings::set)
                .job(new TextJob(context.projects(), texts))
                .node(Sending.TYPE, many::sending)
                .job(new SendingJob(context.projects(), store, sendings, clock))
                .node(MailboxMessage.TYPE, reading::message)
                .batchLoader(MailboxResolvers.UNREAD, reading.loader())
                .tokens(Tokens.MARK, tokens)
                .personListener(new Joining(persons, owners, store))
                .personRecords(KeptMessages.NAME, new KeptMessages(databases, messages))
                .erasureListener(new Forgetting(messages, present, store))
                .build();
    }
}

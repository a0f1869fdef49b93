package dev.tidemark.mailbox;

import dev.tidemark.mailbox.live.ChangeStore;
import dev.tidemark.mailbox.live.Doorbells;
import dev.tidemark.mailbox.live.FollowResolvers;
import dev.tidemark.mailbox.messages.ChangeKind;
import dev.tidemark.mailbox.messages.KeptMessages;
import dev.tidemark.mailbox.messages.LetterResolvers;
import dev.tidemark.mailbox.messages.Letters;
import dev.tidemark.mailbox.messages.MailboxMessage;
import dev.tidemark.mailbox.messages.Marks;
import dev.tidemark.mailbox.messages.MessageStore;
import dev.tidemark.mailbox.messages.NumberStore;
import dev.tidemark.mailbox.messages.SendingId;
import dev.tidemark.mailbox.messages.Together;
import dev.tidemark.mailbox.people.OwnerStore;
import dev.tidemark.mailbox.people.Persons;
import dev.tidemark.mailbox.presence.PresenceStore;
import dev.tidemark.mailbox.presence.Presences;
import dev.tidemark.mailbox.presence.TypingResolvers;
import dev.tidemark.mailbox.reading.MailboxResolvers;
import dev.tidemark.mailbox.reading.MailboxStore;
import dev.tidemark.mailbox.reading.Mailboxes;
import dev.tidemark.mailbox.sendings.Audience;
import dev.tidemark.mailbox.sendings.LateStore;
import dev.tidemark.mailbox.sendings.SendingJob;
import dev.tidemark.mailbox.sendings.SendingResolvers;
import dev.tidemark.mailbox.sendings.SendingStore;
import dev.tidemark.mailbox.sendings.Sendings;
import dev.tidemark.mailbox.texts.TextJob;
import dev.tidemark.mailbox.texts.TextResolvers;
import dev.tidemark.mailbox.texts.TextStore;
import dev.tidemark.mailbox.tokens.SecretStore;
import dev.tidemark.mailbox.tokens.Secrets;
import dev.tidemark.mailbox.tokens.TokenResolvers;
import dev.tidemark.mailbox.tokens.Tokens;
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
        var secrets = new Secrets(databases, new SecretStore(), context.audit(), System::nanoTime);
        var limits = new KeyLimits(OptionalLong.of(perSecond), OptionalLong.empty());
        var tokens = new Tokens(context.projects(), secrets, limits, clock);
        var persons = new Persons(context.people());
        var owners = new OwnerStore();
        var numbers = new NumberStore();
        var messages = new MessageStore();
        var texts = new TextStore();
        var together = new Together(context.events());
        var letters = new Letters(databases, together, persons, owners, numbers, messages, texts);
        var marks = new Marks(databases, together, persons, owners, numbers, messages);
        var writing = new LetterResolvers(letters, marks, clock);
        var mailboxStore = new MailboxStore();
        var mailboxes = new Mailboxes(databases, persons, mailboxStore);
        var reading = new MailboxResolvers(databases, persons, mailboxes, mailboxStore, messages);
        var present = new PresenceStore();
        var presences = new Presences(databases, present, persons, System::nanoTime);
        var typing = new TypingResolvers(presences, context.callers(), clock);
        var doorbells = new Doorbells(context.committedEvents(), databases, persons);
        var following = new FollowResolvers(databases, persons, mailboxes, new ChangeStore(), doorbells, presences);
        var late = new LateStore();
        var store = new SendingStore(late);
        var audience = new Audience(context.questions(), clock);
        var sendings = new Sendings(databases, store, late, texts, letters, persons, audience, context.audit(), clock);
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
                .resolver("Subscription", "mailbox", following::follow)
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
                .node(SendingId.TYPE, many::sending)
                .job(new SendingJob(context.projects(), store, sendings, clock))
                .node(MailboxMessage.TYPE, reading::message)
                .batchLoader(MailboxResolvers.UNREAD, reading.loader())
                .tokens(Tokens.MARK, tokens)
                .personListener(new Joining(persons, store, owners, late))
                .personRecords(KeptMessages.NAME, new KeptMessages(databases, messages))
                .erasureListener(new Forgetting(texts, messages, owners, present, store, late))
                .build();
    }
}

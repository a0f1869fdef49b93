package dev.tidemark.core.events;

import dev.tidemark.core.catalog.known.Catalogs;
import dev.tidemark.core.events.ingestion.CollectResolvers;
import dev.tidemark.core.events.ingestion.Ingestion;
import dev.tidemark.core.events.letters.DeadLetterResolvers;
import dev.tidemark.core.events.letters.DeadLetters;
import dev.tidemark.core.events.letters.LetterInput;
import dev.tidemark.core.events.letters.Rereading;
import dev.tidemark.core.events.life.ErasureJob;
import dev.tidemark.core.events.life.ErasureResolvers;
import dev.tidemark.core.events.life.ExpiryJob;
import dev.tidemark.core.events.life.NamedGuard;
import dev.tidemark.core.events.life.PurgeJob;
import dev.tidemark.core.events.life.TotalsJob;
import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ErasureListener;
import dev.tidemark.spi.ModuleContext;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Events, what was refused, and what did not fit. */
public final class EventsModule implements AnalyticsModule {

    private final Ingestion ingestion;
    private final Catalogs catalogs;
    private final Supplier<List<String>> listeners;
    private final Supplier<List<NamedGuard>> guards;
    private final Supplier<List<ErasureListener>> erasures;

    /**
     * @param listeners the names of the modules that follow events, known once all have contributed
     * @param guards what holds back their expiry, known as late
     * @param erasures who hears of erased events, known as late
     */
    public EventsModule(
            Ingestion ingestion,
            Catalogs catalogs,
            Supplier<List<String>> listeners,
            Supplier<List<NamedGuard>> guards,
            Supplier<List<ErasureListener>> erasures) {
        this.ingestion = ingestion;
        this.catalogs = catalogs;
        this.listeners = listeners;
        this.guards = guards;
        this.erasures = erasures;
    }

    @Override
    public String name() {
        return "events";
    }

    @Override
    public Contribution contribute(ModuleContext context) {
        var collect = new CollectResolvers(context.events(), context.clock());
        var letters = new DeadLetterResolvers(new DeadLetters(
                context.databases(), ingestion, new Rereading(ingestion::reader), context.audit(), context.clock()));
        var warnings = new WarningResolvers(context.databases());
        var erasure = new ErasureResolvers(context.databases(), context.people(), context.audit(), context.clock());
        return Contribution.builder()
                .resolver("Mutation", "collect", collect::collect)
                .resolver("Query", "deadLetters", letters::deadLetters)
                .node(LetterInput.TYPE, letters::deadLetter)
                .resolver("DeadLetterConnection", "notKept", letters::notKept)
                .resolver("Mutation", "retryDeadLetters", letters::retry)
                .resolver("Mutation", "discardDeadLetters", letters::discard)
                .resolver("Query", "warnings", warnings::warnings)
                .resolver("Mutation", "eraseUser", erasure::eraseUser)
                .resolver("Query", "erasures", erasure::erasures)
                .job(new ErasureJob(catalogs, erasures, context.clock()))
                .job(new ExpiryJob(context.projects(), catalogs, listeners, guards))
                .job(new TotalsJob(context.projects(), context.activeProjects(), context.databases()))
                .job(new PurgeJob(
                        context.projects(),
                        context.setting(
                                "deduplication-window",
                                Duration.ofDays(7),
                                "How long a messageId is remembered: an event sent again within it counts once."),
                        context.setting(
                                "dead-letters-kept", Duration.ofDays(30), "How long refused events can be looked at."),
                        context.setting(
                                "warnings-kept",
                                Duration.ofDays(30),
                                "How long warnings about values that did not fit can be looked at.")))
                .build();
    }
}

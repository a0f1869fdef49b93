package dev.tidemark.core.events.ingestion;

import dev.tidemark.core.catalog.changes.WaitingProperties;
import dev.tidemark.core.catalog.known.Catalogs;
import dev.tidemark.core.catalog.names.Flattening;
import dev.tidemark.core.catalog.names.Names;
import dev.tidemark.core.catalog.snapshot.StaleCatalogException;
import dev.tidemark.core.catalog.types.Types;
import dev.tidemark.core.events.admission.Admission;
import dev.tidemark.core.events.admission.Admitted;
import dev.tidemark.core.events.admission.EventFields;
import dev.tidemark.core.events.admission.Pipeline;
import dev.tidemark.core.events.admission.Resubmission;
import dev.tidemark.core.events.commit.BatchWriter;
import dev.tidemark.core.events.commit.CommitQueue;
import dev.tidemark.core.events.commit.CompanionWrite;
import dev.tidemark.core.events.commit.IngestMeters;
import dev.tidemark.core.events.commit.IngestionLimits;
import dev.tidemark.core.events.planning.Planner;
import dev.tidemark.core.events.planning.Prepared;
import dev.tidemark.core.postgres.Notifications;
import dev.tidemark.core.threads.BackgroundThread;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.EventReader;
import dev.tidemark.spi.Events;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Outcome;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Refusal;
import dev.tidemark.spi.Submission;
import io.helidon.metrics.api.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The events of all projects. */
public final class Ingestion implements Events, AutoCloseable {

    private static final String AGAIN = "dead letters";
    private static final int ATTEMPTS = 8;
    private static final Duration LAST_COMMITS = Duration.ofSeconds(10);
    private static final Duration LOOK_FOR_OVERDUE = Duration.ofMillis(250);

    private final Databases databases;
    private final Catalogs catalogs;
    private final Notifications notifications;
    private final IngestionLimits limits;
    private final Clock clock;
    private final IngestMeters meters;
    private final Planner planner;
    private final Map<Integer, Writing> byProject = new ConcurrentHashMap<>();

    /** Of the system: they mostly wait for the database with a time limit, which a virtual thread needs two others for. */
    private final ExecutorService writers = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("tidemark-ingest-", 1).factory());

    private final BackgroundThread patience = BackgroundThread.every("patience", LOOK_FOR_OVERDUE, this::giveUpOverdue);
    private volatile Pipeline pipeline = Pipeline.EMPTY;
    private volatile Function<Project, Set<String>> outOfService = project -> Set.of();

    public Ingestion(
            Databases databases,
            Catalogs catalogs,
            Notifications notifications,
            IngestionLimits limits,
            Clock clock,
            MeterRegistry registry) {
        this.databases = databases;
        this.catalogs = catalogs;
        this.notifications = notifications;
        this.limits = limits;
        this.clock = clock;
        this.meters = new IngestMeters(registry, this::waitingEvents);
        this.planner = new Planner(catalogs, new WaitingProperties(databases));
    }

    /** From now on events pass these mappers and validators. */
    public void passThrough(Pipeline contributed) {
        pipeline = contributed;
    }

    /** From now on the events of a project pass by what these modules contributed. */
    public void passBy(Function<Project, Set<String>> modules) {
        outOfService = modules;
    }

    private Pipeline pipeline(Project project) {
        var modules = outOfService.apply(project);
        return modules.isEmpty() ? pipeline : pipeline.without(modules);
    }

    @Override
    public List<Outcome> collect(Project project, List<? extends Submission> submissions, Origin origin) {
        if (submissions.isEmpty()) {
            return List.of();
        }
        var queue = writing(project).queue();
        return collect(project, submissions, origin, queue::commit);
    }

    @Override
    public List<Outcome> collect(
            Project project, List<? extends Submission> submissions, Origin origin, Events.Companion with) {
        return collect(project, submissions, origin, request -> writing(project).join(request, with));
    }

    @Override
    public List<Outcome> rehearse(Project project, List<? extends Submission> submissions, Origin origin) {
        return rehearsal(project, origin).outcomes(admit(project, submissions, origin));
    }

    @Override
    public void flatten(
            Map<String, ? extends @Nullable Object> properties,
            Predicate<String> isWhole,
            BiConsumer<String, Object> property) {
        Flattening.each(properties, isWhole, property);
    }

    @Override
    public String columnName(String property) {
        return Names.column(property).orElse(property);
    }

    @Override
    public Optional<ColumnType> column(Optional<ColumnType> column, Object value) {
        return Types.holding(column, value);
    }

    /**
     * Stores what was refused before, joined with the caller's own writes. What is refused again is told and nothing else,
     * since there is a dead letter of it already.
     */
    public List<Outcome> collectAgain(Project project, List<Resubmission> letters, Events.Companion with) {
        return write(project, admitAgain(project, letters), Origin.of(AGAIN, clock.instant()), request -> {
            request.refuseAgain();
            writing(project).join(request, with);
        });
    }

    /** Tells what {@link #collectAgain} would do, as far as that can be known without writing. */
    public Rehearsal rehearsal(Project project) {
        return rehearsal(project, Origin.of(AGAIN, clock.instant()));
    }

    public List<Admitted> admitAgain(Project project, List<Resubmission> letters) {
        var now = clock.instant();
        var passed = pipeline(project);
        return letters.stream()
                .map(letter -> new Admission(passed, project, letter.origin(), now).admit(letter.submission()))
                .toList();
    }

    public Optional<EventReader> reader(String source) {
        return Optional.ofNullable(pipeline.readers().get(source));
    }

    @Override
    public Submission submission(Map<String, @Nullable Object> fields) {
        return EventFields.submission(fields);
    }

    @Override
    public Optional<EventCollection> collection(Project project, String label) {
        return catalogs.of(project).byLabel(label);
    }

    @Override
    public Optional<EventCollection.Property> property(Project project, String collection, String label) {
        return catalogs.of(project).columns(collection).flatMap(columns -> columns.byLabel(label));
    }

    @Override
    public EventCollection prepare(Project project, String collection, Map<String, ColumnType> properties) {
        var evolved = catalogs.evolve(project, Map.of(collection, properties));
        Stream.concat(
                        evolved.refused(collection).stream(),
                        properties.keySet().stream()
                                .flatMap(property -> evolved.refused(collection, property).stream()))
                .findFirst()
                .ifPresent(refusal -> {
                    throw notMade(refusal);
                });
        return evolved.byLabel(collection).orElseThrow();
    }

    private static CallerException notMade(Refusal refusal) {
        return refusal.code().equals("too_many_new_columns")
                ? CallerException.until(ErrorCode.RATE_LIMITED, refusal.message(), Duration.ofHours(1), 0)
                : new CallerException(
                        ErrorCode.BAD_USER_INPUT,
                        refusal.message(),
                        refusal.pointer().substring(1).split("/"));
    }

    /** Waits for the events that are being written, and takes no more. */
    @Override
    public void close() {
        byProject.values().forEach(writing -> writing.queue().close(LAST_COMMITS));
        patience.close();
        writers.shutdown();
        meters.close();
    }

    private List<Outcome> collect(
            Project project, List<? extends Submission> submissions, Origin origin, Consumer<Prepared> commit) {
        return write(project, admit(project, submissions, origin), origin, commit);
    }

    private List<Admitted> admit(Project project, List<? extends Submission> submissions, Origin origin) {
        var admission = new Admission(pipeline(project), project, origin, clock.instant());
        List<Admitted> admitted = new ArrayList<>(submissions.size());
        submissions.forEach(submission -> admitted.add(admission.admit(submission)));
        return admitted;
    }

    private Rehearsal rehearsal(Project project, Origin origin) {
        return new Rehearsal(
                databases.of(project), admitted -> planner.rehearse(project, admitted, origin, pipeline.properties()));
    }

    private List<Outcome> write(Project project, List<Admitted> admitted, Origin origin, Consumer<Prepared> commit) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            var request = planner.plan(project, admitted, origin, pipeline.properties());
            try {
                commit.accept(request);
                var outcomes = request.outcomes();
                meters.acknowledged(origin.source(), outcomes);
                return outcomes;
            } catch (StaleCatalogException e) {
                catalogs.refresh(project);
            }
        }
        throw new CallerException(
                ErrorCode.UNAVAILABLE,
                "The project's collections change faster than events can be written: send the events again.");
    }

    private void giveUpOverdue() {
        byProject.values().forEach(writing -> writing.queue().giveUpOverdue());
    }

    private long waitingEvents() {
        return byProject.values().stream()
                .mapToLong(writing -> writing.queue().events())
                .sum();
    }

    private Writing writing(Project project) {
        return byProject.computeIfAbsent(project.id(), id -> {
            var writer =
                    new BatchWriter(databases, catalogs, notifications, meters, project, limits.letterBytesAnHour());
            return new Writing(
                    writer,
                    new CommitQueue(writer, limits, writers),
                    new Semaphore(limits.writers(), true),
                    limits.patience());
        });
    }

    /** @param companions the transactions of its own that the project may have at once: the connections are for all projects */
    private record Writing(BatchWriter writer, CommitQueue queue, Semaphore companions, Duration patience) {

        void join(Prepared request, Events.Companion with) {
            with.begin();
            try {
                if (!companions.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                    throw new CallerException(
                            ErrorCode.UNAVAILABLE,
                            "As much of this project is written at once as may be: none of these events was stored,"
                                    + " send them again in a second.");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CallerException(ErrorCode.UNAVAILABLE, "The server stops: send it again in a moment.");
            }
            try {
                writer.write(List.of(request), Optional.of(new CompanionWrite(with)));
            } finally {
                companions.release();
            }
        }
    }
}

package dev.tidemark.core.events;

import dev.tidemark.core.catalog.CatalogModule;
import dev.tidemark.core.catalog.known.Catalogs;
import dev.tidemark.core.catalog.snapshot.CatalogLimits;
import dev.tidemark.core.events.commit.IngestionLimits;
import dev.tidemark.core.events.ingestion.Ingestion;
import dev.tidemark.core.events.reading.StoredEvents;
import dev.tidemark.core.jobs.ClusterModule;
import dev.tidemark.core.modules.ModuleResources;
import dev.tidemark.core.postgres.Migrations;
import dev.tidemark.core.postgres.Notifications;
import dev.tidemark.core.postgres.Postgres;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.postgres.ProjectDatabases;
import dev.tidemark.core.projects.ProjectsModule;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Outcome;
import dev.tidemark.spi.Position;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.SqlName;
import dev.tidemark.spi.StoredEvent;
import dev.tidemark.spi.Submission;
import io.helidon.metrics.api.Metrics;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A node of which only the write path runs, on a database that it may share with others. */
public final class EventNode implements AutoCloseable {

    public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static final AtomicInteger PROJECTS = new AtomicInteger();

    public final Postgres postgres;
    public final ProjectDatabases databases;
    public final Notifications notifications;
    public final Catalogs catalogs;
    public final Ingestion events;
    public final StoredEvents committed;

    private EventNode(PostgresAddress address, IngestionLimits limits, CatalogLimits growth, Instant now) {
        var clock = Clock.fixed(now, ZoneOffset.UTC);
        this.postgres = Postgres.connect(address, "test", 12);
        Migrations.prepare(postgres);
        new Migrations(Map.of(
                        "projects", ModuleResources.beside(ProjectsModule.class).server(),
                        "catalog", ModuleResources.beside(CatalogModule.class).server()))
                .run(postgres.server(), Migrations.SERVER);
        var migrations = new LinkedHashMap<String, List<dev.tidemark.core.postgres.Migration>>();
        migrations.put("events", ModuleResources.beside(EventsModule.class).project());
        migrations.put("catalog", ModuleResources.beside(CatalogModule.class).project());
        migrations.put("cluster", ModuleResources.beside(ClusterModule.class).project());
        this.databases = new ProjectDatabases(postgres, new Migrations(migrations));
        this.notifications = new Notifications(postgres);
        this.catalogs = new Catalogs(databases, notifications, clock, System::nanoTime, growth);
        this.committed = new StoredEvents(databases, catalogs, notifications);
        this.events = new Ingestion(databases, catalogs, notifications, limits, clock, Metrics.createMeterRegistry());
    }

    public static EventNode start(PostgresAddress address) {
        return start(address, IngestionLimits.DEFAULT);
    }

    public static EventNode start(PostgresAddress address, IngestionLimits limits) {
        return new EventNode(address, limits, CatalogLimits.DEFAULT, NOW);
    }

    public static EventNode start(PostgresAddress address, CatalogLimits growth) {
        return new EventNode(address, IngestionLimits.DEFAULT, growth, NOW);
    }

    /** @param now what its clock shows */
    public static EventNode start(PostgresAddress address, Instant now) {
        return new EventNode(address, IngestionLimits.DEFAULT, CatalogLimits.DEFAULT, now);
    }

    public Project project() {
        var slug = "project_" + PROJECTS.incrementAndGet();
        execute("create schema " + SqlName.quoted(slug));
        execute("insert into tidemark.project (slug) values ('" + slug + "')");
        return new Project((int) count("select max(id) from tidemark.project"), slug);
    }

    public List<Outcome> collect(Project project, Submission... submissions) {
        return collect(project, List.of(submissions));
    }

    public List<Outcome> collect(Project project, List<? extends Submission> submissions) {
        return events.collect(project, submissions, origin());
    }

    public static Origin origin() {
        return Origin.of("test", NOW);
    }

    public static Event event(String collection, Object... namesAndValues) {
        var properties = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        var event = Event.of(collection);
        return new Event(collection, event.time(), event.user(), event.anonymous(), event.messageId(), properties);
    }

    public List<StoredEvent> all(Project project) {
        List<StoredEvent> all = new ArrayList<>();
        var position = Position.START;
        while (true) {
            var page = committed.read(project, position, 1_000);
            if (page.isEmpty()) {
                return all;
            }
            all.addAll(page);
            position = page.getLast().position();
        }
    }

    public long count(Project project, String from) {
        return count("select count(*) from " + SqlName.quoted(project.slug()) + "." + from);
    }

    public long count(String sql) {
        return one(sql, rows -> rows.getLong(1));
    }

    public String text(Project project, String select) {
        return databases.of(project).transaction(connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("select " + select)) {
                return rows.next() ? rows.getString(1) : "";
            }
        });
    }

    public void execute(String sql) {
        postgres.server().transaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    private <T> T one(String sql, Row<T> row) {
        return postgres.server().transaction(connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                rows.next();
                return row.of(rows);
            }
        });
    }

    private interface Row<T> {
        T of(ResultSet rows) throws SQLException;
    }

    @Override
    public void close() {
        events.close();
        committed.close();
        catalogs.close();
        notifications.close();
        postgres.close();
    }
}

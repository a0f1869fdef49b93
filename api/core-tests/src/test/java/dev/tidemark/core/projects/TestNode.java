package dev.tidemark.core.projects;

import dev.tidemark.core.modules.ModuleResources;
import dev.tidemark.core.postgres.Migrations;
import dev.tidemark.core.postgres.Notifications;
import dev.tidemark.core.postgres.Postgres;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.projects.keys.AdminSecrets;
import dev.tidemark.core.projects.keys.ApiKeys;
import dev.tidemark.core.projects.nodes.NodeDescription;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.Scope;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A node with connections of its own, on a database that it may share with others. */
final class TestNode implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    final Postgres postgres;
    final Notifications notifications;
    final TestClock clock = new TestClock(NOW);
    final Access access;

    private TestNode(PostgresAddress address, AdminSecrets secrets) {
        this.postgres = Postgres.connect(address, "test", 6);
        this.notifications = new Notifications(postgres);
        this.access = new Access(
                postgres.server(),
                postgres.server(),
                postgres.server(),
                notifications,
                new NodeDescription("localhost", "test"),
                secrets,
                clock,
                System::nanoTime,
                new SecureRandom());
    }

    static TestNode start(PostgresAddress address) {
        return start(address, AdminSecrets.none());
    }

    static TestNode start(PostgresAddress address, AdminSecrets secrets) {
        var node = new TestNode(address, secrets);
        Migrations.prepare(node.postgres);
        var files = ModuleResources.beside(ProjectsModule.class);
        new Migrations(Map.of("projects", files.server())).run(node.postgres.server(), Migrations.SERVER);
        try {
            node.access.start();
            return node;
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }

    Caller call(String key) {
        return access.authentication().withKey(key, Optional.empty());
    }

    Caller call(String key, String project) {
        return access.authentication().withKey(key, Optional.of(project));
    }

    static Caller administrator() {
        return new Caller(ApiKeys.LOCAL, Set.of(Scope.ADMIN), Optional.empty());
    }

    void execute(String sql) {
        postgres.server().transaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    long count(String from) {
        return postgres.server().transaction(connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("select count(*) from " + from)) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    @Override
    public void close() {
        access.close();
        notifications.close();
        postgres.close();
    }
}

package dev.tidemark.core.projects;

import dev.tidemark.core.postgres.Notifications;
import dev.tidemark.core.projects.allowances.Allowances;
import dev.tidemark.core.projects.allowances.QuotaStore;
import dev.tidemark.core.projects.keys.AdminKeyStore;
import dev.tidemark.core.projects.keys.AdminKeys;
import dev.tidemark.core.projects.keys.AdminSecrets;
import dev.tidemark.core.projects.keys.ApiKeys;
import dev.tidemark.core.projects.keys.AuditStore;
import dev.tidemark.core.projects.keys.KeyStore;
import dev.tidemark.core.projects.keys.KeyUse;
import dev.tidemark.core.projects.nodes.AccessVersion;
import dev.tidemark.core.projects.nodes.AccessVersionStore;
import dev.tidemark.core.projects.nodes.NodeDescription;
import dev.tidemark.core.projects.nodes.NodeRegistry;
import dev.tidemark.core.projects.nodes.NodeStore;
import dev.tidemark.core.projects.registry.ProjectRegistry;
import dev.tidemark.core.projects.registry.ProjectStore;
import dev.tidemark.core.projects.registry.SchemaStore;
import dev.tidemark.spi.AuditLog;
import dev.tidemark.spi.Database;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/** This package, put together for one node. */
public final class Access implements AutoCloseable {

    private final NodeRegistry nodes;
    private final KeyUse use;
    private final AdminKeys admin;
    private final ApiKeys keys;
    private final ProjectRegistry projects;
    private final Authentication authentication;
    private final Allowances allowances;
    private final AuditStore audit = new AuditStore();
    private final Database server;
    private Optional<String> firstAdminKey = Optional.empty();

    /**
     * @param server schema {@code tidemark}
     * @param lookups the same, on connections that give up soon: each request waits for what they tell of its key
     * @param heartbeats the same, on connections of its own, so that a node under load is not taken for a dead one
     * @param ticker monotonic nanoseconds
     */
    public Access(
            Database server,
            Database lookups,
            Database heartbeats,
            Notifications notifications,
            NodeDescription description,
            AdminSecrets secrets,
            Clock clock,
            LongSupplier ticker,
            SecureRandom random) {
        var id = new UUID(random.nextLong(), random.nextLong());
        this.server = server;
        var beats = new NodeStore(heartbeats);
        var version = new AccessVersion(new AccessVersionStore(heartbeats), beats, id, description, ticker);
        var keyStore = new KeyStore(lookups, audit);
        this.nodes = new NodeRegistry(beats, id, version, notifications);
        this.use = new KeyUse(keyStore, clock, ticker);
        this.admin = new AdminKeys(new AdminKeyStore(server), nodes, secrets.configured(), random);
        this.keys = new ApiKeys(keyStore, nodes, admin, clock, random);
        this.projects =
                new ProjectRegistry(new ProjectStore(server, audit), new SchemaStore(server), version, nodes, random);
        this.allowances = new Allowances(new QuotaStore(lookups), clock, ticker);
        this.authentication = new Authentication(keyStore, projects, version, use, allowances, clock, secrets.local());
    }

    /** Registers the node and makes the first admin key. The tables are there by now. */
    public void start() {
        nodes.start();
        use.start();
        firstAdminKey = admin.start();
    }

    /** The admin key that {@link #start} made because there was none: shown to the operator once. */
    public Optional<String> firstAdminKey() {
        return firstAdminKey;
    }

    public Authentication authentication() {
        return authentication;
    }

    public Allowances allowances() {
        return allowances;
    }

    public AuditLog audit() {
        return audit;
    }

    public ProjectRegistry projects() {
        return projects;
    }

    public ApiKeys keys() {
        return keys;
    }

    public NodeRegistry nodes() {
        return nodes;
    }

    public ProjectsModule module() {
        return new ProjectsModule(
                new ProjectResolvers(projects), new KeyResolvers(keys), new AuditResolvers(server, audit));
    }

    @Override
    public void close() {
        use.close();
        nodes.close();
    }
}

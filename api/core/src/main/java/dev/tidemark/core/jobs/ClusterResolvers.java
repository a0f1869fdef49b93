package dev.tidemark.core.jobs;

import dev.tidemark.core.modules.ModuleStatus;
import dev.tidemark.core.projects.nodes.Node;
import dev.tidemark.spi.AddedProperty;
import dev.tidemark.spi.Database;
import graphql.schema.DataFetchingEnvironment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The fields of the module {@code cluster}. */
public final class ClusterResolvers {

    private final Database server;
    private final Supplier<List<Node>> nodes;
    private final Supplier<List<ModuleStatus>> modules;

    public ClusterResolvers(Database server, Supplier<List<Node>> nodes, Supplier<List<ModuleStatus>> modules) {
        this.server = server;
        this.nodes = nodes;
        this.modules = modules;
    }

    Cluster cluster(DataFetchingEnvironment environment) {
        var leader = new LeaseStore(server).leader();
        return new Cluster(
                nodes.get().stream()
                        .filter(Node::alive)
                        .map(node -> new ClusterNode(
                                node.id(),
                                node.host(),
                                node.version(),
                                node.startedAt(),
                                node.heartbeatAt(),
                                leader.node().filter(node.id()::equals).isPresent()))
                        .toList(),
                leader.node(),
                leader.term(),
                new JobStore(server).all());
    }

    List<Module> modules(DataFetchingEnvironment environment) {
        return modules.get().stream()
                .map(module -> new Module(
                        module.name(),
                        module.plugin(),
                        module.isActive(),
                        module.failure(),
                        module.adds(),
                        module.properties()))
                .toList();
    }

    record Cluster(List<ClusterNode> nodes, Optional<UUID> leader, long term, List<JobStore.JobState> jobs) {}

    record ClusterNode(
            UUID id, String host, String version, Instant startedAt, Instant heartbeatAt, boolean isLeader) {}

    record Module(
            String name,
            Optional<String> plugin,
            boolean isActive,
            Optional<String> failure,
            String adds,
            List<AddedProperty> properties) {}
}

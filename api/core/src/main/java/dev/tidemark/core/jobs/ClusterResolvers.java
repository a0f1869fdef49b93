package dev.tidemark.core.jobs;

import dev.tidemark.core.modules.ModuleStatus;
import dev.tidemark.spi.Database;
import graphql.schema.DataFetchingEnvironment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
        var leading = leader.node().map(Object::toString);
        return new Cluster(
                nodes.get().stream()
                        .map(node -> new ClusterNode(
                                node.id(),
                                node.startedAt(),
                                node.heartbeatAt(),
                                leading.filter(node.id()::equals).isPresent(),
                                node.version()))
                        .toList(),
                leading,
                leader.term(),
                new JobStore(server).all());
    }

    List<Module> modules(DataFetchingEnvironment environment) {
        return modules.get().stream()
                .map(module ->
                        new Module(module.name(), module.plugin(), module.isActive(), module.failure(), module.adds()))
                .toList();
    }

    /** A node as the registry has it. */
    public record Node(String id, Instant startedAt, Instant heartbeatAt, String version) {}

    record Cluster(List<ClusterNode> nodes, Optional<String> leader, long term, List<JobStore.JobState> jobs) {}

    record ClusterNode(String id, Instant startedAt, Instant heartbeatAt, boolean isLeader, String version) {}

    record Module(String name, Optional<String> plugin, boolean isActive, Optional<String> failure, String adds) {}
}

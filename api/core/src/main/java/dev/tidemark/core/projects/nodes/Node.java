package dev.tidemark.core.projects.nodes;

import java.time.Instant;
import java.util.UUID;

/**
 * A server process of the cluster.
 *
 * @param version the release of Tidemark that it runs
 * @param heartbeatAt its last sign of life, by the clock of the database, as {@code startedAt}
 * @param alive whether that was less than three seconds ago
 */
public record Node(UUID id, String host, String version, Instant startedAt, Instant heartbeatAt, boolean alive) {}

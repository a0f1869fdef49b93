package dev.tidemark.core.projects.nodes;

import dev.tidemark.core.postgres.Notifications;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The nodes of the cluster, and this node's place among them. */
public final class NodeRegistry implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NodeRegistry.class);
    private static final String CHANNEL = "tidemark_key";
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final NodeStore store;
    private final UUID id;
    private final AccessVersion version;
    private final Notifications notifications;
    private final Recurring heartbeat;

    public NodeRegistry(NodeStore store, UUID id, AccessVersion version, Notifications notifications) {
        this.store = store;
        this.id = id;
        this.version = version;
        this.notifications = notifications;
        this.heartbeat = new Recurring("heartbeat", HEARTBEAT, version::refresh);
    }

    /** Registers this node before it returns. */
    public void start() {
        store.removeSilent();
        version.refresh();
        heartbeat.start();
        notifications.listen(CHANNEL, hint -> heartbeat.wake());
        notifications.onReconnect(heartbeat::wake);
    }

    /** This node, in {@link #nodes()}. */
    public UUID id() {
        return id;
    }

    /** All of them, those included that have been silent for less than an hour. */
    public List<Node> nodes() {
        return store.all();
    }

    /** Makes a committed change known here at once, elsewhere soon. */
    public void publish(long changed) {
        version.raise(changed);
        heartbeat.wake();
        notifications.send(CHANNEL, Long.toString(changed));
    }

    /** Makes a committed change known, and returns when no node goes by anything older. */
    public void publishEverywhere(long changed) {
        publish(changed);
        version.awaitEverywhere(changed);
    }

    /** Takes the node off the list. Whatever it still answers, it asks the database first. */
    @Override
    public void close() {
        heartbeat.close();
        version.distrust();
        try {
            store.remove(id);
        } catch (RuntimeException e) {
            LOG.warn("The node could not take its leave; the others notice its silence.", e);
        }
    }
}

package dev.tidemark.core.schema.faults;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where faults of ours go: the log has everything, the caller gets the id. */
public final class FaultLog {

    private static final Logger LOG = LoggerFactory.getLogger(FaultLog.class);

    private final Supplier<String> ids;

    /** @param ids ids that no two faults share */
    public FaultLog(Supplier<String> ids) {
        this.ids = ids;
    }

    /** Logs a fault, and returns the id by which it is found again. */
    public String add(Throwable fault) {
        var id = ids.get();
        LOG.error("Fault {}", id, fault);
        return id;
    }

    /** Logs a fault that has no stack trace of its own. */
    String add(String fault) {
        var id = ids.get();
        LOG.error("Fault {}: {}", id, fault);
        return id;
    }
}

package dev.tidemark.server.http;

import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A defect of ours: all of it in the log, only its id in the answer. */
final class Fault {

    private static final Logger LOG = LoggerFactory.getLogger(Fault.class);
    private static final int ID_LENGTH = 8;

    private Fault() {}

    static String logged(Throwable thrown) {
        var id = UUID.randomUUID().toString().substring(0, ID_LENGTH);
        LOG.error("Fault {}", id, thrown);
        return id;
    }
}

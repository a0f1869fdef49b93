package dev.tidemark.server.http;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;

/** A defect of ours: all of it in the log, only its id in the answer. */
final class Fault {

    private static final Logger LOG = System.getLogger("dev.tidemark.http");
    private static final int ID_LENGTH = 8;

    private Fault() {}

    static String logged(Throwable thrown) {
        var id = UUID.randomUUID().toString().substring(0, ID_LENGTH);
        LOG.log(Level.ERROR, "Fault " + id, thrown);
        return id;
    }
}

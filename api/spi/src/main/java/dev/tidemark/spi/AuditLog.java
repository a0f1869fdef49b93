package dev.tidemark.spi;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What was done by whom: acts that administer a project or the server, or take much out of it. Entries are only ever added, and
 * outlive what they are about; {@code auditLog} shows them.
 */
public interface AuditLog {

    /**
     * Notes an act, which then is done and noted or neither.
     *
     * @param transaction the one of the act, in whatever schema
     * @param caller whose key it was; the act belongs to the project that the caller stands in, if to one
     * @param act the field of {@code Mutation}, or what else people ask for by
     * @param subject what it was done to: an id or a name that they know it by, and nothing that tells of a person, since erasures
     *     leave it as it is
     */
    void note(Connection transaction, Caller caller, String act, String subject) throws SQLException;
}

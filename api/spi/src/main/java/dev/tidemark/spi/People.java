package dev.tidemark.spi;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Who is who among those behind the events of a project, as a module tells it ({@link PersonMapping}), and what modules keep of them. */
public interface People {

    /**
     * Whether several ids may be of one person: what was made of persons earlier may then count more of them than a question
     * does now.
     */
    boolean areMerged(Project project);

    /** All ids of the person whose id that is, that of the person first. */
    List<String> ids(Project project, String id);

    /**
     * The same of many, as a transaction of a module's own sees it.
     *
     * @return by each of the ids all of its person's, that of the person first
     */
    Map<String, List<String>> ids(Connection transaction, Collection<String> ids) throws SQLException;

    /** What modules keep about people beside their relations, by name: for whoever may know all about a person. */
    Map<String, PersonRecords> records();

    /**
     * Tells all modules' {@link PersonListener}s that ids have come to be of other people.
     *
     * @param before the ids, and whose they were
     * @param transaction the one that changes who is who, and has done so
     */
    void moved(Project project, Map<String, String> before, Connection transaction) throws SQLException;
}

package dev.tidemark.spi;

import dev.tidemark.spi.EventCollection.Property;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table of a module's own, in each project, whose columns come with the values, by the rules of events: labels are spelled
 * in many ways, the first value decides on the type, whole numbers give way to fractions while the table is small, and what has
 * no column or does not fit it is kept in {@code _extra}, and so are all but one of the values that one row has under several
 * spellings of a property's name, each under its own. It has at most 250 columns, so that a row
 * takes whatever comes.
 *
 * <p>The module's migration makes it with a text as primary key and a column {@code _extra jsonb}.
 */
public interface PropertyTable {

    /** The columns as this node knows them; another node's are known within a second. */
    List<Property> properties(Project project);

    /** The property that a label means, in any spelling of it. */
    Optional<Property> property(Project project, String label);

    /**
     * What GraphQL or an event gives as values by labels: nested objects are opened, and what is empty is left out.
     *
     * @throws CallerException for text that cannot be stored, with the label as path
     */
    Map<String, Object> flat(Map<String, ?> values);

    /**
     * Makes the columns that values need and may have, in transactions of its own: call it before the one that writes them.
     *
     * @param values flat
     */
    void prepare(Project project, Collection<Map<String, Object>> values);

    /** Makes the rows that are missing. */
    void make(Connection transaction, Collection<String> keys) throws SQLException;

    /** How many bytes rows have together, as JSON: who locks them has as many in memory. */
    long bytes(Connection transaction, Collection<String> keys) throws SQLException;

    /**
     * Locks rows until the transaction ends.
     *
     * @return the values of each row that is there by labels, by its key
     */
    Map<String, Map<String, Object>> lock(Project project, Connection transaction, Collection<String> keys)
            throws SQLException;

    /**
     * Writes values into those of the rows that are there; other values of theirs stay.
     *
     * @param changed values by labels, null for none, by the rows' keys
     */
    void write(Project project, Connection transaction, Map<String, Map<String, @Nullable Object>> changed)
            throws SQLException;

    /** How many of the rows were there. */
    int delete(Connection transaction, Collection<String> keys) throws SQLException;
}

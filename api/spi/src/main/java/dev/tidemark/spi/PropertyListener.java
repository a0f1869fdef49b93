package dev.tidemark.spi;

import java.sql.Connection;
import java.sql.SQLException;

/** Learns that stored events have other values than before, so that a module can mend what it has made of them. */
@FunctionalInterface
public interface PropertyListener {

    /**
     * Called when any event of a collection may have another value of a property, or have got one, or none any more: the property has
     * another type, or values came out of {@code _extra}; on the leading node.
     *
     * @param collection the name of its table
     * @param property the name of its column
     * @param transaction the one by which the values are seen, which stands in the project's schema and refuses to be ended. The
     *     table may be locked for everyone else: note what is to be done, and do it later
     */
    void changed(Project project, String collection, String property, Connection transaction) throws SQLException;
}

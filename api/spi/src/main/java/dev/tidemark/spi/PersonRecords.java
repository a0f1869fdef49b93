package dev.tidemark.spi;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a module keeps about people and shows to nobody who only asks questions, so that it is in no relation; whoever has to tell
 * a person all that is stored about them hands it on.
 */
public interface PersonRecords {

    /** What the values of a record are called. */
    List<String> columns();

    /**
     * Hands on all records about a person, in an order of their own. From any thread.
     *
     * @param ids all of the person's
     * @param each takes the values of one record, such as {@link Snapshot#rows} gives them; what it throws ends the reading
     */
    void read(Project project, List<String> ids, Consumer<List<@Nullable Object>> each);
}

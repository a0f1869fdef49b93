package dev.tidemark.core.catalog.changes;

import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.Project;
import java.util.Map;

/** The properties that tables could not get while someone read them. */
public record WaitingProperties(Databases databases) {

    private static final WaitingStore STORE = new WaitingStore();

    /**
     * Notes, before events are stored without them, what {@link WaitingJob} is to bring into columns later.
     *
     * @param wanted by labels
     */
    public void note(Project project, Map<String, Map<String, ColumnType>> wanted) {
        var waiting = wanted.entrySet().stream()
                .flatMap(collection -> collection.getValue().entrySet().stream()
                        .map(property ->
                                new WaitingProperty(collection.getKey(), property.getKey(), property.getValue())))
                .toList();
        databases.of(project).transaction(connection -> {
            STORE.add(connection, waiting);
            WaitingJob.WORK.note(connection, project);
            return waiting;
        });
    }
}
